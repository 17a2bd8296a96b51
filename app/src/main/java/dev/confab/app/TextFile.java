package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads texts, one by one, from plain text with one a line, or from dialogues in JSON Lines with several a line. */
final class TextFile {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String COMPRESSED = ".gz";

    private TextFile() {}

    /**
     * The texts of a file, each without its line's end; close it.
     *
     * @param read hears how many bytes more of the file were read
     */
    static Stream<String> open(Path file, LongConsumer read) {
        try {
            InputStream bytes = new Counting(Files.newInputStream(file), read);
            String name = file.getFileName().toString();
            boolean compressed = name.endsWith(COMPRESSED);
            InputStream plain = compressed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            // Unlike a reader of a charset, that of a decoder says when the file is not UTF-8.
            var lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), 1 << 16)
                    .lines()
                    .onClose(() -> close(plain));
            return name.endsWith(".jsonl") || name.endsWith(".jsonl" + COMPRESSED) ? turns(file, lines) : lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> turns(Path file, Stream<String> lines) {
        var number = new AtomicLong();
        return lines.flatMap(line -> turns(file + ":" + number.incrementAndGet(), line).stream());
    }

    private static List<String> turns(String where, String line) {
        var turns = new ArrayList<String>();
        if (line.isBlank()) {
            return turns;
        }
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new ConfabException(where + ": not valid JSON: " + e.getOriginalMessage(), e);
        }
        if (!node.path("turns").isArray()) {
            throw new ConfabException(where + ": expected a dialogue such as {\"turns\": [\"Hi!\", \"Hello.\"]}");
        }
        for (JsonNode turn : node.path("turns")) {
            if (!turn.isString()) {
                throw new ConfabException(where + ": a turn is " + turn + ", expected a text");
            }
            turns.add(turn.stringValue());
        }
        return turns;
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says how many bytes are read. */
    private static final class Counting extends FilterInputStream {
        private final LongConsumer read;

        Counting(InputStream stream, LongConsumer read) {
            super(stream);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            read.accept(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            read.accept(Math.max(0, count));
            return count;
        }
    }
}
