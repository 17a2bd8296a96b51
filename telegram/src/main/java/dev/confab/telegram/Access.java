package dev.confab.telegram;

import java.util.Set;

/**
 * Who may talk to a bot, by Telegram's numbers of people and chats.
 *
 * @param allowed if not empty, only these people, and everybody in these chats
 * @param blocked never these people, and nobody in these chats
 */
public record Access(Set<Long> allowed, Set<Long> blocked) {
    /** Everybody. */
    public static final Access EVERYBODY = new Access(Set.of(), Set.of());

    /** Copies the sets. */
    public Access {
        allowed = Set.copyOf(allowed);
        blocked = Set.copyOf(blocked);
    }

    boolean isBlocked(long user, long chat) {
        return blocked.contains(user) || blocked.contains(chat);
    }

    boolean isAllowed(long user, long chat) {
        return !isBlocked(user, chat) && (allowed.isEmpty() || allowed.contains(user) || allowed.contains(chat));
    }
}
