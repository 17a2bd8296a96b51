package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.Speaker;
import dev.confab.dialogue.Transcript;
import dev.confab.dialogue.Turn;
import dev.confab.ui.component.ChatMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Conversations of the page, which tells with each message what was said before. They are found by that, so that the model
 * need not read it again; where something was edited or asked again, another begins with what stays. Usable from any thread.
 */
final class PageConversations {
    /** The role of messages that nobody has said. */
    private static final String REMARK = "system";

    private final int capacity;
    /** Those in which nobody speaks at the moment, the longest silent first. */
    private final Map<Key, Conversation> silent = new LinkedHashMap<>();

    private boolean closed;

    PageConversations(int capacity) {
        this.capacity = capacity;
    }

    /** A browser's session, and what was said in turn. */
    private record Key(String session, List<String> said) {}

    /** The conversation that goes on from what was said; nobody else has it meanwhile. */
    Conversation take(Chatbot bot, String session, List<ChatMessage> history) {
        List<String> said = history.stream()
                .filter(message -> !message.role().equals(REMARK))
                .map(ChatMessage::content)
                .toList();
        synchronized (this) {
            Conversation known = silent.remove(new Key(session, said));
            if (known != null) {
                return known;
            }
        }
        return bot.resume(transcript(history));
    }

    private static Transcript transcript(List<ChatMessage> history) {
        Instant now = Instant.now();
        List<Turn> turns = new ArrayList<>();
        for (ChatMessage message : history) {
            if (!message.role().equals(REMARK)) {
                int number = turns.size() + 1;
                Speaker speaker = message.role().equals("user") ? Speaker.USER : Speaker.CHATBOT;
                turns.add(new Turn(number, number - 1, speaker, message.content(), now, Map.of()));
            }
        }
        return Transcript.of(UUID.randomUUID().toString(), now, turns, turns.size());
    }

    /** Keeps a conversation for the next message; what has been silent for longest is forgotten if there are too many. */
    void giveBack(String session, Conversation conversation) {
        List<String> said = conversation.turns().stream().map(Turn::text).toList();
        List<Conversation> forgotten = new ArrayList<>();
        synchronized (this) {
            Conversation former = silent.put(new Key(session, said), conversation);
            if (former != null) {
                forgotten.add(former);
            }
            var longest = silent.values().iterator();
            while (silent.size() > (closed ? 0 : capacity)) {
                forgotten.add(longest.next());
                longest.remove();
            }
        }
        forgotten.forEach(Conversation::close);
    }

    /** How many wait for their next message. */
    synchronized int silent() {
        return silent.size();
    }

    /** Gives the memory of all conversations back. */
    void close() {
        List<Conversation> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(silent.values());
            silent.clear();
        }
        all.forEach(Conversation::close);
    }
}
