package dev.confab.server.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The native part of SQLite's driver. The driver unpacks it at each start, and compares it byte by byte with what is in the
 * jar, which is a tenth of a server's start; Java's property {@code org.sqlite.lib.path} names a folder that has it already.
 */
public final class SqliteLibrary {
    private SqliteLibrary() {}

    /**
     * Unpacks the library for this machine, and replaces one that is there.
     *
     * @param folder made when needed
     * @throws IOException if the folder cannot be written, or the driver has no library for this machine
     */
    public static void unpack(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, name, ".partial");
        try (InputStream content = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new FileNotFoundException(resource + " is not in SQLite's driver");
            }
            Files.copy(content, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(
                    partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
