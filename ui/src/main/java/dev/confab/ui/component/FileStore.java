package dev.confab.ui.component;

import java.io.IOException;
import java.nio.file.Path;

/** Where the files lie that clients uploaded and that they may download. Safe for use by several threads. */
public interface FileStore {
    /**
     * Finds a file that a client names.
     *
     * @param path what the client was given for it
     * @throws InvalidValueException if there is none, or the client may not see it
     */
    Path find(String path);

    /**
     * Makes a file downloadable.
     *
     * @param file is copied, unless it is downloadable already
     * @return the path by which clients get it
     * @throws IOException if it cannot be read, or there is no room for it
     */
    String publish(Path file) throws IOException;

    /**
     * Makes bytes downloadable.
     *
     * @param name what the file is called
     * @return the path by which clients get it
     * @throws IOException if there is no room for it
     */
    String publish(byte[] content, String name) throws IOException;
}
