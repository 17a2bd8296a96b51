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
     * @param conversation its number in the database, by which {@link Usage#conversation} finds it
     * @param message the reply's id in it
     * @param comment in the user's words, may be empty
     * @param at when it was said
     */
    public record Rating(long conversation, String message, String comment, Instant at) {}
}
