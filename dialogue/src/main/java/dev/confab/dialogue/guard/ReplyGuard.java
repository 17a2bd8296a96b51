package dev.confab.dialogue.guard;

import java.util.Optional;

/**
 * Looks at a reply before anybody sees it. The two methods about unfinished replies are what lets a reply appear while it
 * is being made; a guard that knows nothing better than their defaults holds the reply back until it is complete.
 *
 * <p>Implementations are usable from any thread.
 */
@FunctionalInterface
public interface ReplyGuard {
    /** Why a reply should not be given, in a few words; empty if it may. */
    Optional<String> objection(String reply, GuardContext context);

    /** How many characters of an unfinished reply may be shown, since nothing that follows makes them wrong. */
    default int certain(String unfinished, GuardContext context) {
        return 0;
    }

    /** Whether an unfinished reply is beyond saving, so that making more of it is a waste. */
    default boolean hopeless(String unfinished) {
        return false;
    }
}
