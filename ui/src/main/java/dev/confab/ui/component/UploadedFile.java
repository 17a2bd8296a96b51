package dev.confab.ui.component;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file that a user uploaded.
 *
 * @param path where it lies on this machine; deleted after a while, so copy what is to be kept
 * @param name what it was called on the user's machine, without folders
 */
public record UploadedFile(Path path, String name) {
    /** Checks that nothing is null. */
    public UploadedFile {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(name, "name");
    }
}
