package dev.confab.training.data;

import java.io.InputStream;

/** What a data file looks like. Every format may be compressed with gzip. */
public enum DialogueFormat {
    /** A line is {@code {"turns": ["Hi!", "Hello."]}}; the second speaker is the bot. */
    JSON_LINES;

    /** Reads a file of this format; the stream is buffered. */
    DialogueParser parser(InputStream in) {
        return switch (this) {
            case JSON_LINES -> new DialogueLines(new LineReader(in), JsonDialogue::ofTurns);
        };
    }
}
