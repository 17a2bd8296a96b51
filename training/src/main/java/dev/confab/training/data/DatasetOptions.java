package dev.confab.training.data;

import dev.confab.engine.hub.Progress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a dataset is made.
 *
 * @param folder where its file lies while it is open: as large as the ids, 2 or 4 bytes each
 * @param brokenLines what happens to a line that cannot be understood
 * @param listener hears of the first few that are left out
 * @param progress hears how many bytes of a source were read
 * @param threads how many threads tokenize, 1 or more
 * @param exclude dialogues in which it is found, their turns joined by line breaks, are left out
 */
public record DatasetOptions(
        Path folder,
        BrokenLines brokenLines,
        DataListener listener,
        Progress progress,
        int threads,
        Optional<Pattern> exclude) {
    /** The system's folder for temporary files; broken lines are skipped in silence; a thread for each processor. */
    public static final DatasetOptions DEFAULT = new DatasetOptions(
            Path.of(System.getProperty("java.io.tmpdir")),
            BrokenLines.SKIP,
            DataListener.NONE,
            Progress.NONE,
            Runtime.getRuntime().availableProcessors(),
            Optional.empty());

    /**
     * Checks the number of threads.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public DatasetOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + ", expected 1 or more");
        }
    }

    /** The same with another folder for the file. */
    public DatasetOptions withFolder(Path folder) {
        return new DatasetOptions(folder, brokenLines, listener, progress, threads, exclude);
    }

    /** The same with another way to treat broken lines, and someone who hears of them. */
    public DatasetOptions withBrokenLines(BrokenLines brokenLines, DataListener listener) {
        return new DatasetOptions(folder, brokenLines, listener, progress, threads, exclude);
    }

    /** The same with someone who hears of progress. */
    public DatasetOptions withProgress(Progress progress) {
        return new DatasetOptions(folder, brokenLines, listener, progress, threads, exclude);
    }

    /** The same with another number of threads. */
    public DatasetOptions withThreads(int threads) {
        return new DatasetOptions(folder, brokenLines, listener, progress, threads, exclude);
    }

    /** The same without the dialogues in which something is found. */
    public DatasetOptions withExclude(Optional<Pattern> exclude) {
        return new DatasetOptions(folder, brokenLines, listener, progress, threads, exclude);
    }
}
