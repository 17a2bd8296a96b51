package dev.confab.training.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8, one by one, with their numbers. A byte order mark and carriage returns are left out. */
final class LineReader {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long lineNumber;

    LineReader(InputStream buffered) {
        in = buffered;
    }

    /**
     * The next line, null at the end.
     *
     * @throws BrokenLineException if it is too long or no UTF-8
     */
    @Nullable
    String next() throws IOException, BrokenLineException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        lineNumber++;
        bytes.reset();
        boolean tooLong = false;
        for (; next >= 0 && next != '\n'; next = in.read()) {
            tooLong |= bytes.size() == DialogueParser.LONGEST_TEXT;
            if (!tooLong) {
                bytes.write(next);
            }
        }
        if (tooLong) {
            throw fault("is longer than " + (DialogueParser.LONGEST_TEXT >> 20) + " MiB");
        }
        return text();
    }

    /** The number of the line that was read last, from 1. */
    long lineNumber() {
        return lineNumber;
    }

    /** An error about the line that was read last. */
    BrokenLineException fault(String fault) {
        return new BrokenLineException(lineNumber, fault);
    }

    private String text() throws BrokenLineException {
        String line;
        try {
            line = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fault("is not UTF-8 text; save the file as UTF-8");
        }
        int start = lineNumber == 1 && line.startsWith("\uFEFF") ? 1 : 0;
        int end = line.endsWith("\r") ? line.length() - 1 : line.length();
        return line.substring(start, Math.max(start, end));
    }
}
