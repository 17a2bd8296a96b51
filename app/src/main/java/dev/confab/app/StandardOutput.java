package dev.confab.app;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * Standard output in UTF-8. Unlike {@link java.io.PrintStream} it tells when a write fails, and tells a reader who has
 * seen enough ({@code confab ... | head}) from a full disk.
 *
 * <p>Belongs to one thread.
 */
final class StandardOutput {
    private final OutputStream stream;

    StandardOutput(OutputStream stream) {
        this.stream = new BufferedOutputStream(new Checked(stream), 1 << 16);
    }

    /** Writes text and shows it at once. */
    void print(String text) {
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes text and the end of the line, and shows them at once. */
    void printLine(String text) {
        print(text + "\n");
    }

    /** Writes a JSON document on one line and shows it at once. */
    void printLine(JsonNode document) {
        try {
            stream.write(Json.bytes(document));
            stream.write('\n');
            stream.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same stream for bytes; closing it only shows what was written. */
    OutputStream unclosed() {
        return new FilterOutputStream(stream) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** A writer into the same stream, for the help of the command line. */
    PrintWriter writer() {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Whoever reads the output has closed it: there is nothing more to do, and nothing wrong. */
    static final class ReaderGone extends UncheckedIOException {
        @Serial
        private static final long serialVersionUID = 1L;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }

    /** Turns the two ways in which a write can fail into two exceptions. */
    private static final class Checked extends OutputStream {
        private final OutputStream target;

        Checked(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int oneByte) {
            write(new byte[] {(byte) oneByte}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                if (reason.toLowerCase(Locale.ROOT).contains("pipe")) {
                    throw new ReaderGone(e);
                }
                throw new UncheckedIOException("cannot write to standard output: " + reason, e);
            }
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
