package dev.confab.ui.conversation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A whole conversation.
 *
 * @param summary its names and times
 * @param settings the values of the page's settings by their labels: null, {@code Boolean}, {@code Number}, {@code String},
 *     and lists and maps of these
 * @param choices which branch is shown: for a message with several that follow it, or {@link StoredMessage#ROOT}, the id of
 *     the one to show; where nothing is said it is the last
 * @param messages in the order in which they were added, so that each comes after its parent
 */
public record StoredConversation(
        ConversationSummary summary,
        Map<String, @Nullable Object> settings,
        Map<String, String> choices,
        List<StoredMessage> messages) {
    /**
     * Copies what comes in.
     *
     * @throws IllegalArgumentException if two messages have one id, or one has a parent that does not come before it
     */
    public StoredConversation {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        choices = Map.copyOf(choices);
        messages = List.copyOf(messages);
        Map<String, StoredMessage> known = new HashMap<>();
        for (StoredMessage message : messages) {
            if (!message.parent().equals(StoredMessage.ROOT) && !known.containsKey(message.parent())) {
                throw new IllegalArgumentException("the message '" + message.id() + "' follows '" + message.parent()
                        + "', expected a message before it");
            }
            if (known.put(message.id(), message) != null) {
                throw new IllegalArgumentException("there are two messages '" + message.id() + "'");
            }
        }
    }

    /** One that begins, without a message. */
    public static StoredConversation begin(ConversationSummary summary, Map<String, @Nullable Object> settings) {
        return new StoredConversation(summary, settings, Map.of(), List.of());
    }

    /** The messages that are shown, in order. */
    public List<StoredMessage> path() {
        Map<String, List<StoredMessage>> children = new HashMap<>();
        messages.forEach(message -> children.computeIfAbsent(message.parent(), _ -> new ArrayList<>())
                .add(message));
        List<StoredMessage> path = new ArrayList<>();
        List<StoredMessage> next = children.get(StoredMessage.ROOT);
        while (next != null) {
            StoredMessage last = next.getLast();
            String chosen = choices.getOrDefault(last.parent(), last.id());
            StoredMessage shown = next.stream()
                    .filter(message -> message.id().equals(chosen))
                    .findFirst()
                    .orElse(last);
            path.add(shown);
            next = children.get(shown.id());
        }
        return path;
    }

    /** The same with messages added or replaced as {@link ConversationStore#put} says; empty if that is not possible. */
    Optional<StoredConversation> with(List<StoredMessage> more, Instant now) {
        Map<String, StoredMessage> all = new LinkedHashMap<>();
        messages.forEach(message -> all.put(message.id(), message));
        Map<String, String> chosen = new HashMap<>(choices);
        for (StoredMessage message : more) {
            if (!message.parent().equals(StoredMessage.ROOT) && !all.containsKey(message.parent())) {
                return Optional.empty();
            }
            StoredMessage old = all.get(message.id());
            if (old == null) {
                chosen.put(message.parent(), message.id());
            } else if (!old.parent().equals(message.parent())) {
                return Optional.empty();
            }
            Feedback feedback = message.feedback() == null && old != null ? old.feedback() : message.feedback();
            all.put(message.id(), message.withFeedback(feedback));
        }
        ConversationSummary updated = new ConversationSummary(summary.id(), summary.title(), summary.created(), now);
        return Optional.of(new StoredConversation(updated, settings, chosen, new ArrayList<>(all.values())));
    }

    /** The same without a message and all that follow it. */
    StoredConversation without(String messageId) {
        Set<String> gone = new HashSet<>(Set.of(messageId));
        messages.stream().filter(message -> gone.contains(message.parent())).forEach(message -> gone.add(message.id()));
        Map<String, String> chosen = new HashMap<>(choices);
        chosen.entrySet().removeIf(choice -> gone.contains(choice.getKey()) || gone.contains(choice.getValue()));
        List<StoredMessage> kept = messages.stream()
                .filter(message -> !gone.contains(message.id()))
                .toList();
        return new StoredConversation(summary, settings, chosen, kept);
    }

    /** The same that shows the branch which begins with a message. */
    StoredConversation choosing(String messageId) {
        Map<String, String> chosen = new HashMap<>(choices);
        messages.stream()
                .filter(message -> message.id().equals(messageId))
                .forEach(message -> chosen.put(message.parent(), messageId));
        return new StoredConversation(summary, settings, chosen, messages);
    }

    /** How much it holds: the characters of titles, texts, names of files and options. */
    public long characters() {
        return summary.title().length()
                + messages.stream()
                        .mapToLong(message ->
                                message.text().length() + message.additions().characters())
                        .sum();
    }
}
