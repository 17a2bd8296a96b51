package dev.confab.app;

import java.io.IOException;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/** Tells whether one of the process's streams is a terminal: a bar is drawn, a line edited, only where one is. */
final class Terminals {
    /** How {@code ./confab} says which are: 0 for input, 1 for output, 2 for errors. Asking the system takes longer. */
    private static final String PROPERTY = "confab.terminals";

    private Terminals() {}

    /** Whether a stream is a terminal; never where the surroundings are a test's. */
    static boolean isTerminal(Surroundings surroundings, SystemStream stream) {
        if (!surroundings.interactive()) {
            return false;
        }
        String known = System.getProperty(PROPERTY);
        if (known != null) {
            return known.contains(descriptor(stream));
        }
        try {
            return TerminalProvider.load("ffm").isSystemStream(stream);
        } catch (IOException | LinkageError e) {
            return false;
        }
    }

    private static String descriptor(SystemStream stream) {
        return switch (stream) {
            case Input -> "0";
            case Output -> "1";
            case Error -> "2";
        };
    }
}
