package dev.confab.telegram;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.Conversation;
import dev.confab.dialogue.ConversationSettings;
import dev.confab.dialogue.Transcript;
import dev.confab.dialogue.Turn;
import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.ChatSettings;
import dev.confab.telegram.store.ChatState;
import dev.confab.telegram.store.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A chat with its conversation, in memory. Belongs to the thread that handles the chat's updates. */
final class LiveChat {
    /** Older turns than these are not kept; no model is shown as many. */
    private static final int MOST_TURNS = 500;

    private static final int MOST_EXCHANGES = 20;

    private final ChatKey key;
    private final Conversation conversation;
    private final ConversationSettings own;
    private final PersonaChoice personas;
    private final List<Exchange> exchanges;
    private ChatSettings settings;
    private boolean blocked;
    private String album = "";

    /**
     * A chat.
     *
     * @param personas who can be chosen
     */
    LiveChat(Chatbot bot, PersonaChoice personas, ChatState state) {
        this.personas = personas;
        key = state.key();
        conversation = state.transcript().isEmpty()
                ? bot.newConversation(name(key))
                : bot.resume(Transcript.fromJson(state.transcript()));
        own = conversation.settings();
        exchanges = new ArrayList<>(state.exchanges());
        blocked = state.blocked();
        settings = state.settings();
        apply();
    }

    /** What incidents call a chat. */
    static String name(ChatKey key) {
        return "telegram " + key.chat() + (key.topic() == 0 ? "" : "/" + key.topic());
    }

    ChatKey key() {
        return key;
    }

    Conversation conversation() {
        return conversation;
    }

    ChatSettings settings() {
        return settings;
    }

    /** Changes what people chose; it holds from the next reply on. */
    void use(ChatSettings chosen) {
        settings = chosen;
        apply();
    }

    boolean blocked() {
        return blocked;
    }

    void setBlocked(boolean isBlocked) {
        blocked = isBlocked;
    }

    /** Notes that an album is answered, and tells whether it was already. */
    boolean seen(String answered) {
        boolean before = album.equals(answered);
        album = answered;
        return before;
    }

    /** The answer to a message, if it is one of the latest. */
    Optional<Exchange> exchange(int message) {
        return exchanges.reversed().stream()
                .filter(exchange -> exchange.message() == message)
                .findFirst();
    }

    /** The latest message that was answered. */
    Optional<Exchange> latest() {
        return exchanges.isEmpty() ? Optional.empty() : Optional.of(exchanges.getLast());
    }

    /** Keeps a message's answer, in place of an earlier one. */
    void put(Exchange exchange) {
        exchanges.removeIf(earlier -> earlier.message() == exchange.message());
        exchanges.add(exchange);
        if (exchanges.size() > MOST_EXCHANGES) {
            exchanges.removeFirst();
        }
    }

    /** Takes back what was said last. */
    Optional<Turn> undo() {
        Optional<Turn> taken = conversation.undo();
        taken.ifPresent(turn -> exchanges.removeIf(exchange -> exchange.turn() == turn.id()));
        return taken;
    }

    /** Begins a new conversation. */
    void reset() {
        conversation.reset();
        exchanges.clear();
    }

    /** What is to be kept. */
    ChatState state() {
        List<Turn> path = conversation.turns();
        return new ChatState(key, path.isEmpty() ? "" : kept(path).toJson(), settings, exchanges, blocked);
    }

    /** Lets go of what the model has read. */
    void close() {
        conversation.close();
    }

    private void apply() {
        Double temperature = settings.temperature();
        ConversationSettings changed = own;
        if (temperature != null) {
            changed = changed.withGeneration(GenerationConfig.builder()
                    .doSample(true)
                    .temperature(temperature)
                    .build());
        }
        Persona persona = personas.get(settings.persona());
        conversation.use(persona == null ? changed : changed.withPersona(persona));
    }

    /** The latest turns of the current branch; nobody can go to another one here. */
    private Transcript kept(List<Turn> path) {
        List<Turn> latest = new ArrayList<>(path.subList(Math.max(0, path.size() - MOST_TURNS), path.size()));
        Turn first = latest.getFirst();
        latest.set(0, new Turn(first.id(), 0, first.speaker(), first.text(), first.time(), first.details()));
        Transcript transcript = conversation.transcript();
        return Transcript.of(
                transcript.id(), transcript.started(), latest, latest.getLast().id());
    }
}
