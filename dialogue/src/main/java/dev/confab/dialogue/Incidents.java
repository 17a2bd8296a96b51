package dev.confab.dialogue;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Hears of failures: an operator's log, metrics, an alarm. Called by the thread that makes the reply, at the same time by
 * several; must be quick. What it throws is logged and goes no further.
 */
@FunctionalInterface
public interface Incidents {
    /** Something failed. */
    void report(Incident incident);

    /** Writes warnings into the system's log, as {@link System.Logger} finds it. */
    static Incidents logged() {
        Logger logger = System.getLogger(Chatbot.class.getName());
        return incident -> logger.log(
                Level.WARNING,
                "conversation " + incident.conversation() + ": " + incident.part() + ": " + incident.message(),
                incident.cause());
    }
}
