package dev.confab.evaluation.data;

import dev.confab.engine.error.ConfabException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a text file in UTF-8 line by line, so that it may be larger than memory; gzip is recognised by its first bytes. */
final class TextLines {
    private static final int LONGEST_LINE = 16 << 20;
    private static final int GZIP_MAGIC = 0x1F8B;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextLines() {}

    /** Takes a line and its number, counted from 1. */
    @FunctionalInterface
    interface Visitor {
        void visit(String line, long number);
    }

    /**
     * Visits every line, empty ones too.
     *
     * @throws ConfabException if a line is longer than 16 million characters, or the packing is broken
     */
    static void forEach(Path file, Visitor visitor) throws IOException {
        try (var bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                var text = new InputStreamReader(unpacked(bytes), StandardCharsets.UTF_8)) {
            read(file, text, visitor);
        } catch (ZipException | EOFException e) {
            throw new ConfabException(file + ": the gzip packing is broken: " + e.getMessage(), e);
        }
    }

    private static InputStream unpacked(BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic == GZIP_MAGIC ? new GZIPInputStream(bytes, 1 << 16) : bytes;
    }

    private static void read(Path file, Reader text, Visitor visitor) throws IOException {
        char[] buffer = new char[1 << 16];
        var line = new StringBuilder();
        long number = 1;
        for (int count = text.read(buffer); count >= 0; count = text.read(buffer)) {
            int start = 0;
            for (int i = 0; i < count; i++) {
                if (buffer[i] == '\n') {
                    line.append(buffer, start, i - start);
                    visitor.visit(content(line), number++);
                    line.setLength(0);
                    start = i + 1;
                }
            }
            line.append(buffer, start, count - start);
            if (line.length() > LONGEST_LINE) {
                throw new ConfabException(file + ":" + number + ": the line is longer than " + LONGEST_LINE
                        + " characters; is this a text file?");
            }
        }
        if (!line.isEmpty()) {
            visitor.visit(content(line), number);
        }
    }

    private static String content(StringBuilder line) {
        int from = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        int to = line.length() > from && line.charAt(line.length() - 1) == '\r' ? line.length() - 1 : line.length();
        return line.substring(from, to);
    }
}
