package dev.confab.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What was said, for an operator who asks for it: only where the level of its own logger, or of all, is {@code TRACE}. No
 * other line of the log has it. Usable from any thread.
 */
public final class SpokenLog {
    private static final Logger LOGGER = System.getLogger("dev.confab.server.spoken");

    private SpokenLog() {}

    /** Whether anybody asks for it. */
    public static boolean isAskedFor() {
        return LOGGER.isLoggable(Level.TRACE);
    }

    /**
     * A reply, and what it replies to.
     *
     * @param where {@code page} or {@code api}
     */
    public static void replied(String where, String said, String reply) {
        if (isAskedFor()) {
            LOGGER.log(Level.TRACE, "where={0} said={1} reply={2}", where, quoted(said), quoted(reply));
        }
    }

    /** On one line, so that nobody can write lines into the log. */
    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                + '"';
    }
}
