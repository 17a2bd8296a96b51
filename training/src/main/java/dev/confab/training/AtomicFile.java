package dev.confab.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there as a whole or not at all. */
final class AtomicFile {
    private AtomicFile() {}

    /**
     * Writes a text beside its place, and moves it there.
     *
     * @throws TrainingException if that fails
     */
    static void write(Path file, String text) {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.write(partial, text.getBytes(StandardCharsets.UTF_8));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TrainingException(
                    file + ": cannot be written: " + e + "; is the disk full, or the folder not yours?", e);
        }
    }
}
