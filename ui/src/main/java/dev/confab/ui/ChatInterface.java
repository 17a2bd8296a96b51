package dev.confab.ui;

import dev.confab.ui.call.Emitter;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.ChatMessage;
import dev.confab.ui.component.ChatReply;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.MultimodalTextbox;
import dev.confab.ui.component.State;
import dev.confab.ui.component.Textbox;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.MemoryConversationStore;
import dev.confab.ui.http.PageDefinition;
import dev.confab.ui.http.PageDefinition.Chat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chat page for a function that answers messages, and the same function over HTTP.
 *
 * <pre>{@code
 * ChatInterface.of((message, history) -> "You said: " + message).title("Parrot").launch();
 * }</pre>
 *
 * <p>A reply may be a stream of its parts. Callers of the API have one history for each session, kept on the server.
 */
public final class ChatInterface extends Page<ChatInterface> {
    private static final int MAX_MESSAGES = 1000;
    private static final int MAX_CHARACTERS = 1 << 20;

    /** Some thousand long conversations. */
    private static final long MEMORY_CHARACTERS = 32 << 20;

    private static final Duration MEMORY_TIME = Duration.ofDays(30);

    private final StreamingChatFunction function;
    private @Nullable ConversationStore store;
    private Component message = Textbox.of("message");
    private final Map<String, Path> avatars = new LinkedHashMap<>();

    private ChatInterface(StreamingChatFunction function) {
        super("chat", "Like", "Dislike");
        this.function = function;
    }

    /** A chat with a function that returns its replies. */
    public static ChatInterface of(ChatFunction function) {
        return new ChatInterface((turn, out) -> {
            Object reply = function.reply(turn.message(), turn.history());
            Results.forEach(reply, out::cancelled, part -> add(part, out));
        });
    }

    private static void add(@Nullable Object part, ReplyWriter out) {
        switch (part) {
            case null -> {}
            case Path file -> out.attach(file);
            case ChatMessage message -> {
                out.write(message.content());
                message.files().forEach(file -> out.attach(file.path()));
                out.offer(message.options().toArray(String[]::new));
            }
            default -> out.write(part.toString());
        }
    }

    /** A chat with a function that writes its replies bit by bit, and knows the additional inputs. */
    public static ChatInterface streaming(StreamingChatFunction function) {
        return new ChatInterface(function);
    }

    /**
     * Keeps conversations, and what users think of replies, in a store of the author's. Otherwise they are in this
     * process's memory, at most 32 million characters of them, and are forgotten a month after their last change or when the
     * process ends.
     */
    public ChatInterface conversations(ConversationStore keeper) {
        store = Objects.requireNonNull(keeper, "keeper");
        return this;
    }

    /**
     * Lets users attach files, which {@link ChatTurn#files} has. For functions that read them.
     *
     * @param fileTypes what the page offers, such as {@code image/*} or {@code .pdf}; anything if none is named
     */
    public ChatInterface multimodal(String... fileTypes) {
        message = MultimodalTextbox.of(message.label(), fileTypes);
        return this;
    }

    /** Pictures beside the messages: an svg, png, jpg or ico file each, null for none. */
    public ChatInterface avatars(@Nullable Path user, @Nullable Path assistant) {
        avatars.clear();
        if (user != null) {
            avatars.put("user", user);
        }
        if (assistant != null) {
            avatars.put("assistant", assistant);
        }
        return this;
    }

    @Override
    ChatInterface self() {
        return this;
    }

    @Override
    Chat chat() {
        ConversationStore given = store;
        ConversationStore used = given == null ? new MemoryConversationStore(MEMORY_CHARACTERS, MEMORY_TIME) : given;
        return new Chat(used, given != null, Map.copyOf(avatars));
    }

    @Override
    PageDefinition.Kind kind() {
        return PageDefinition.Kind.CHAT;
    }

    @Override
    boolean isLive() {
        return false;
    }

    @Override
    Endpoint endpoint() {
        Parameters known = new Parameters();
        known.addInput(message, false);
        known.addInput(State.of(List.of()), false);
        additionalInputs().forEach(component -> known.addInput(component, true));
        known.addOutput(new ChatReply("response"));
        known.addOutput(State.of(List.of()));
        return new Endpoint(
                1, apiName(), apiDescription(), known.inputs(), known.outputs(), concurrencyLimit(), this::answer);
    }

    private void answer(List<@Nullable Object> values, Emitter out) throws Exception {
        ChatTurn turn = turn(values);
        GrowingReply reply = new GrowingReply(out);
        try {
            function.reply(turn, reply);
        } catch (Exception e) {
            if (!out.cancelled()) {
                throw e;
            }
        }
        reply.measure();
        ChatMessage complete = reply.message();
        boolean nothing = out.cancelled() && complete.content().isEmpty();
        out.emit(List.of(complete, nothing ? turn.history() : historyAfter(turn, complete)));
    }

    @SuppressWarnings("unchecked")
    private ChatTurn turn(List<@Nullable Object> values) {
        Map<String, @Nullable Object> additional = new LinkedHashMap<>();
        List<Component> components = additionalInputs();
        for (int i = 0; i < components.size(); i++) {
            additional.put(components.get(i).label(), values.get(2 + i));
        }
        ChatMessage said =
                values.get(0) instanceof ChatMessage given ? given : ChatMessage.user((String) values.get(0));
        return new ChatTurn(said.content(), said.files(), (List<ChatMessage>) values.get(1), additional);
    }

    /** Old turns are forgotten, so that a session cannot grow for ever. */
    private static List<ChatMessage> historyAfter(ChatTurn turn, ChatMessage reply) {
        List<ChatMessage> messages = new ArrayList<>(turn.history());
        messages.add(ChatMessage.user(turn.message()).withFiles(turn.files()));
        messages.add(reply);
        long characters = messages.stream()
                .mapToLong(message -> message.content().length())
                .sum();
        int first = 0;
        while (messages.size() - first > 2 && (messages.size() - first > MAX_MESSAGES || characters > MAX_CHARACTERS)) {
            characters -= messages.get(first++).content().length();
            characters -= messages.get(first++).content().length();
        }
        return List.copyOf(messages.subList(first, messages.size()));
    }
}
