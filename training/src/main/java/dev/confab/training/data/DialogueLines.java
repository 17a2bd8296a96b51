package dev.confab.training.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Formats in which a line is a dialogue. Blank lines are skipped. */
final class DialogueLines implements DialogueParser {
    private final LineReader lines;
    private final Format format;

    DialogueLines(LineReader lines, Format format) {
        this.lines = lines;
        this.format = format;
    }

    @Override
    public @Nullable Dialogue next() throws IOException, BrokenLineException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (!line.isBlank()) {
                try {
                    return format.parse(line);
                } catch (LineFault e) {
                    throw lines.fault(e.getMessage());
                }
            }
        }
        return null;
    }

    /** What a line means. */
    @FunctionalInterface
    interface Format {
        /**
         * The dialogue of a line.
         *
         * @throws LineFault if it has none
         */
        Dialogue parse(String line);
    }
}
