package dev.confab.ui.conversation;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which of an owner's conversations to list, the last updated first.
 *
 * @param search only those with this text in their title or a message, whatever its case; empty for all
 * @param after only those that come after this place, null to begin
 * @param limit how many at most, at least 1
 */
public record ConversationQuery(String search, @Nullable Place after, int limit) {
    /**
     * Where a list was left: the last conversation that was on it. It need not exist any more.
     *
     * @param updated when it was updated
     * @param id its name, which orders those of the same time, the greatest first
     */
    public record Place(Instant updated, String id) {
        /** Whether a conversation comes after this place. */
        public boolean isBefore(ConversationSummary conversation) {
            int order = conversation.updated().compareTo(updated);
            return order < 0 || (order == 0 && conversation.id().compareTo(id) < 0);
        }
    }

    /** Checks the limit. */
    public ConversationQuery {
        Objects.requireNonNull(search, "search");
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is " + limit + ", expected at least 1");
        }
    }

    /** The newest ones. */
    public static ConversationQuery newest(int limit) {
        return new ConversationQuery("", null, limit);
    }
}
