package dev.confab.app;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Tells whether one of the process's streams is a terminal: a bar is drawn, a line edited, only where one is. */
final class Terminals {
    private Terminals() {}

    /** Whether a stream is a terminal; never where the surroundings are a test's. */
    static boolean isTerminal(Surroundings surroundings, SystemStream stream) {
        if (!surroundings.interactive()) {
            return false;
        }
        try {
            return TerminalProvider.load("ffm").isSystemStream(stream);
        } catch (IOException | LinkageError e) {
            return false;
        }
    }
}
