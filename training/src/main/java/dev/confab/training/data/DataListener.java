package dev.confab.training.data;

import java.nio.file.Path;

/** Hears what is wrong with the data while it is read. Called by the thread that reads. */
@FunctionalInterface
public interface DataListener {
    /** Listens to nothing. */
    DataListener NONE = (file, line, fault) -> {};

    /**
     * A line was left out. Only the first few of a file are reported; {@link SourceStatistics} counts all.
     *
     * @param file where it is
     * @param line its number from 1; for a row or message of several lines the first or last of them
     * @param fault what is wrong with it, for a person
     */
    void broken(Path file, long line, String fault);
}
