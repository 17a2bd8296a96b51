package dev.confab.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The tables of one part of the program, which has its own versions: the server's, or a channel's. Each version is a script
 * that leads to it from the one before; a script that was published never changes.
 *
 * <p>The scripts lie in a folder under {@code META-INF}, where modules do not hide them: {@code sqlite/1.sql},
 * {@code postgresql/1.sql}, {@code sqlite/2.sql} and so on. Tables are named in a way that does not collide with others'.
 *
 * @param name of the part, small letters; the versions are remembered in the table {@code NAME_schema_history}
 * @param folder with the scripts, such as {@code META-INF/confab/store}
 * @param version the newest, from 1
 * @param loader finds the scripts
 */
public record Schema(String name, String folder, int version, ClassLoader loader) {
    /** The server's own tables. */
    static final Schema SERVER = new Schema("confab", "META-INF/confab/store", 3, Schema.class.getClassLoader());

    /** Checks name and version. */
    public Schema {
        if (!name.matches("[a-z]{1,30}") || version < 1) {
            throw new IllegalArgumentException("the schema is '" + name + "' in version " + version
                    + ", expected a name of 1 to 30 small letters and a version from 1 on");
        }
    }

    /** The table of the versions that a database has seen. */
    String history() {
        return name.toLowerCase(Locale.ROOT) + "_schema_history";
    }

    /** The script that leads to a version. */
    String script(Dialect dialect, int number) {
        String file = folder + "/" + dialect.folder() + "/" + number + ".sql";
        try (InputStream stream = loader.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no " + file + ", expected scripts up to " + version);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
