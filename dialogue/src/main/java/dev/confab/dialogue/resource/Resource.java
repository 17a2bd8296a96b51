package dev.confab.dialogue.resource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Text files that lie beside classes. */
public final class Resource {
    private Resource() {}

    /**
     * All of a file in UTF-8.
     *
     * @param beside a class of the same package
     * @param name the file's name
     * @throws IllegalStateException if it is not there, as the jar is incomplete then
     */
    public static String text(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the jar of dev.confab.dialogue");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file that say something: neither blank nor comments, which begin with a {@code #}. */
    public static List<String> lines(Class<?> beside, String name) {
        return text(beside, name)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
