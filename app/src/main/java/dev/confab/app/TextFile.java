package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.hub.Progress;
import dev.confab.training.data.BrokenLines;
import dev.confab.training.data.DataListener;
import dev.confab.training.data.Dialogue;
import dev.confab.training.data.DialogueFormat;
import dev.confab.training.data.DialogueReader;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.Turn;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts one by one, so that a file may be larger than memory: the lines of plain text, or the turns of dialogues.
 */
final class TextFile {
    private static final String COMPRESSED = ".gz";
    /** A longer line, of a file without line ends for instance, comes in parts. */
    private static final int LONGEST_LINE = 1 << 20;

    private TextFile() {}

    /**
     * The texts of a file; close the stream.
     *
     * @param progress hears by {@link Progress#advanced} how many bytes of the file were read
     * @throws UsageException if the name says that it is something else
     */
    static Stream<String> open(Path file, Progress progress) {
        String name = String.valueOf(file.getFileName());
        String plain = name.endsWith(COMPRESSED) ? name.substring(0, name.length() - COMPRESSED.length()) : name;
        if (plain.endsWith(".jsonl")) {
            return turns(new DialogueSource(file, DialogueFormat.JSON_LINES, 1), progress);
        }
        if (plain.endsWith(".txt")) {
            return lines(file, !plain.equals(name), progress);
        }
        throw new UsageException(file + ": expected a name that ends in .txt or .jsonl, or in one of these and .gz");
    }

    private static Stream<String> turns(DialogueSource source, Progress progress) {
        var reader = DialogueReader.open(source, BrokenLines.FAIL, DataListener.NONE, progress);
        return Stream.<@Nullable Dialogue>generate(reader::next)
                .takeWhile(dialogue -> dialogue != null)
                .flatMap(dialogue -> dialogue == null ? Stream.empty() : dialogue.turns().stream())
                .map(Turn::text)
                .onClose(reader::close);
    }

    private static Stream<String> lines(Path file, boolean compressed, Progress progress) {
        try {
            InputStream bytes = new Observed(Files.newInputStream(file), progress);
            InputStream text = compressed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            // Unlike a reader of a charset, that of a decoder says when the file is not UTF-8.
            var lines = new Lines(file, new InputStreamReader(text, StandardCharsets.UTF_8.newDecoder()));
            return Stream.<@Nullable String>generate(lines::next)
                    .takeWhile(line -> line != null)
                    .map(String::valueOf)
                    .onClose(lines::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of bounded length. */
    private static final class Lines {
        private final Path file;
        private final Reader reader;
        private final char[] buffer = new char[1 << 16];
        private int position;
        private int limit;

        Lines(Path file, Reader reader) {
            this.file = file;
            this.reader = reader;
        }

        @Nullable
        String next() {
            var line = new StringBuilder();
            while (line.length() < LONGEST_LINE) {
                if (position == limit && !fill()) {
                    return line.isEmpty() ? null : line.toString();
                }
                int start = position;
                while (position < limit && buffer[position] != '\n') {
                    position++;
                }
                line.append(buffer, start, position - start);
                if (position < limit) {
                    position++;
                    return withoutReturn(line);
                }
            }
            return line.toString();
        }

        private static String withoutReturn(StringBuilder line) {
            int last = line.length() - 1;
            return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
        }

        private boolean fill() {
            try {
                position = 0;
                limit = Math.max(0, reader.read(buffer));
                return limit > 0;
            } catch (CharacterCodingException e) {
                throw new ConfabException(file + ": is not UTF-8 text; save it as UTF-8", e);
            } catch (ZipException e) {
                throw new ConfabException(file + ": the gzip data is damaged; fetch or pack it again", e);
            } catch (IOException e) {
                throw new ConfabException(file + ": cannot be read: " + e, e);
            }
        }

        void close() {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Says how many bytes are read. */
    private static final class Observed extends FilterInputStream {
        private final Progress progress;

        Observed(InputStream stream, Progress progress) {
            super(stream);
            this.progress = progress;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            progress.advanced(Math.max(0, count));
            return count;
        }
    }
}
