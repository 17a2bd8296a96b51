package dev.confab.training.data;

import dev.confab.engine.hub.Progress;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Reads the dialogues of a file one by one, so that it may be larger than memory. Belongs to one thread.
 *
 * <pre>{@code
 * try (var reader = DialogueReader.open(source, BrokenLines.SKIP, DataListener.NONE)) {
 *     for (Dialogue dialogue = reader.next(); dialogue != null; dialogue = reader.next()) {
 *         ...
 *     }
 * }
 * }</pre>
 */
public final class DialogueReader implements AutoCloseable {
    private static final int REPORTED = 5;

    private final Path path;
    private final InputStream in;
    private final DialogueParser parser;
    private final BrokenLines brokenLines;
    private final DataListener listener;
    private long brokenCount;

    private DialogueReader(
            Path path, InputStream in, DialogueParser parser, BrokenLines brokenLines, DataListener listener) {
        this.path = path;
        this.in = in;
        this.parser = parser;
        this.brokenLines = brokenLines;
        this.listener = listener;
    }

    /**
     * Opens a file.
     *
     * @param brokenLines what happens to a line that cannot be understood
     * @param listener hears of the first few that are left out
     * @throws DataException if the file cannot be read
     */
    public static DialogueReader open(DialogueSource source, BrokenLines brokenLines, DataListener listener) {
        return open(source, brokenLines, listener, Progress.NONE);
    }

    /**
     * Opens a file, and says how it gets on.
     *
     * @param brokenLines what happens to a line that cannot be understood
     * @param listener hears of the first few that are left out
     * @param progress hears by {@link Progress#advanced} alone how many bytes of the file were read
     * @throws DataException if the file cannot be read
     */
    public static DialogueReader open(
            DialogueSource source, BrokenLines brokenLines, DataListener listener, Progress progress) {
        return over(content(source.path(), progress), source, brokenLines, listener);
    }

    /** Reads what a buffered stream holds; the source's path is for messages. */
    static DialogueReader over(InputStream in, DialogueSource source, BrokenLines brokenLines, DataListener listener) {
        try {
            return new DialogueReader(source.path(), in, source.format().parser(source, in), brokenLines, listener);
        } catch (IOException e) {
            throw unreadable(source.path(), e);
        }
    }

    /**
     * The next dialogue, null at the end.
     *
     * @throws DataException if the file cannot be read on, or holds a broken line and those are not to be skipped
     */
    public @Nullable Dialogue next() {
        while (true) {
            try {
                return parser.next();
            } catch (BrokenLineException e) {
                skip(e);
            } catch (JacksonIOException e) {
                throw unreadable(path, e.getCause());
            } catch (JacksonException e) {
                throw new DataException(
                        path + ":" + e.getLocation().getLineNr() + ": cannot be read on from here: "
                                + e.getOriginalMessage() + "; is the file complete?",
                        e);
            } catch (IOException e) {
                throw unreadable(path, e);
            }
        }
    }

    /** How many lines were left out so far. */
    public long brokenLines() {
        return brokenCount;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    /** The content of a file, unpacked if need be, and buffered. */
    static InputStream content(Path path, Progress progress) {
        try {
            InputStream file = new ObservedInputStream(Files.newInputStream(path), progress);
            var start = new BufferedInputStream(file, 1 << 16);
            start.mark(2);
            boolean packed = start.read() == 0x1f && start.read() == 0x8b;
            start.reset();
            return packed ? new BufferedInputStream(new GZIPInputStream(start, 1 << 16), 1 << 16) : start;
        } catch (NoSuchFileException e) {
            throw new DataException(path + ": no such file", e);
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private void skip(BrokenLineException e) {
        if (brokenLines == BrokenLines.FAIL) {
            throw new DataException(path + ":" + e.line() + ": " + e.getMessage(), e);
        }
        if (brokenCount++ < REPORTED) {
            listener.broken(path, e.line(), String.valueOf(e.getMessage()));
        }
    }

    private static DataException unreadable(Path path, @Nullable Throwable e) {
        if (e instanceof EOFException || e instanceof ZipException) {
            return new DataException(path + ": the gzip data is cut off or damaged; fetch or pack it again", e);
        }
        return new DataException(path + ": cannot be read: " + e, e);
    }
}
