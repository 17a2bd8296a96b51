package dev.confab.server.store;

import java.time.Instant;
import java.util.List;

/**
 * A reply as often as it was given, with what people thought of it.
 *
 * @param text of the reply
 * @param count how often it was rated so
 * @param ratings the newest ones
 */
public record RatedReply(String text, long count, List<Rating> ratings) {
    /** Copies what comes in. */
    public RatedReply {
        ratings = List.copyOf(ratings);
    }

    /**
     * What someone thought, and where.
     *
     * @param owner whose conversation it is
     * @param conversation its id, by which the store of conversations has it
     * @param message the reply's id in it
     * @param comment in the user's words, may be empty
     * @param at when it was said
     */
    public record Rating(String owner, String conversation, String message, String comment, Instant at) {}
}
