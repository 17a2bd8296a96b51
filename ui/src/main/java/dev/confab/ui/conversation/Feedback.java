package dev.confab.ui.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * What a user thinks of a reply.
 *
 * @param option one of the page's options, such as {@code Like}
 * @param comment in the user's words, may be empty
 * @param at when it was said
 */
public record Feedback(String option, String comment, Instant at) {
    /** Refuses null. */
    public Feedback {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(comment, "comment");
        Objects.requireNonNull(at, "at");
    }
}
