package dev.confab.ui.conversation;

import java.time.Instant;
import java.util.Objects;

/**
 * A conversation as a list shows it.
 *
 * @param id names it among those of its owner; whoever began it chose the name
 * @param title what the list shows
 * @param created when it began
 * @param updated when a message was last added or changed; lists are in this order
 */
public record ConversationSummary(String id, String title, Instant created, Instant updated) {
    /** Refuses null and an empty name. */
    public ConversationSummary {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(updated, "updated");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("the conversation's id is empty");
        }
    }
}
