package dev.confab.dialogue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that failed while a reply was made. The person got a reply all the same; this is for the operator.
 *
 * @param time when
 * @param conversation whose: {@link Conversation#id}
 * @param part what failed
 * @param message what happened, without what was said
 * @param cause the exception, if there is one
 */
public record Incident(
        Instant time,
        String conversation,
        Part part,
        String message,
        @Nullable Throwable cause) {
    /** What can fail. */
    public enum Part {
        /** The language model. */
        MODEL,
        /** A filter. */
        FILTER,
        /** A skill. */
        SKILL,
        /** A ranker of candidates. */
        RANKER,
        /** The summary, or the search for earlier turns. */
        MEMORY,
        /** Where conversations are kept. */
        STORE
    }
}
