package dev.confab.telegram;

import com.pengrad.telegrambot.request.GetChatAdministrators;
import dev.confab.telegram.store.ChatKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Knows who may decide for a whole chat, such as on its settings: everybody in private, administrators in groups. Telegram
 * is asked at most every five minutes for a group. Usable from any thread.
 */
final class Administrators {
    private static final int MOST_GROUPS = 10_000;
    private static final Duration REMEMBERED = Duration.ofMinutes(5);

    private final Api api;
    /** The group that was asked about longest ago comes first. */
    private final Map<Long, Known> groups = new LinkedHashMap<>();

    /** The administrators of a group at a time by {@link System#nanoTime}. */
    private record Known(Set<Long> people, long time) {
        boolean isFresh() {
            return System.nanoTime() - time < REMEMBERED.toNanos();
        }
    }

    Administrators(Api api) {
        this.api = api;
    }

    /**
     * Whether somebody may decide for a whole chat.
     *
     * @param user a person, or the chat itself, in whose name only its administrators can speak
     * @throws ApiException if Telegram does not say who they are
     */
    boolean mayDecide(ChatKey chat, long user) {
        return !chat.isGroup()
                || user == chat.chat()
                || of(chat.chat()).people().contains(user);
    }

    private Known of(long group) {
        Known known = get(group);
        if (known != null && known.isFresh()) {
            return known;
        }
        Set<Long> people = api.deliver(new GetChatAdministrators(group)).administrators().stream()
                .map(member -> member.user().id())
                .collect(Collectors.toUnmodifiableSet());
        return put(group, new Known(people, System.nanoTime()));
    }

    private synchronized @Nullable Known get(long group) {
        return groups.get(group);
    }

    private synchronized Known put(long group, Known known) {
        groups.remove(group);
        groups.put(group, known);
        if (groups.size() > MOST_GROUPS) {
            groups.remove(groups.keySet().iterator().next());
        }
        return known;
    }
}
