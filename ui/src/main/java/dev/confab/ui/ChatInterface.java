package dev.confab.ui;

import dev.confab.ui.call.Emitter;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.ChatMessage;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.Json;
import dev.confab.ui.component.State;
import dev.confab.ui.component.Textbox;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.MemoryConversationStore;
import dev.confab.ui.conversation.Timings;
import dev.confab.ui.http.PageDefinition;
import dev.confab.ui.http.PageDefinition.Conversations;
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
    /** A reply that comes in less time, at once, has no speed. */
    private static final double LEAST_SECONDS = 0.05;

    /** Some thousand long conversations. */
    private static final long MEMORY_CHARACTERS = 32 << 20;

    private static final Duration MEMORY_TIME = Duration.ofDays(30);

    private final StreamingChatFunction function;
    private @Nullable ConversationStore store;

    private ChatInterface(StreamingChatFunction function) {
        super("chat", "Like", "Dislike");
        this.function = function;
    }

    /** A chat with a function that returns its replies. */
    public static ChatInterface of(ChatFunction function) {
        return new ChatInterface((turn, out) -> {
            Object reply = function.reply(turn.message(), turn.history());
            Results.forEach(reply, out::cancelled, part -> out.write(part == null ? "" : part.toString()));
        });
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

    @Override
    ChatInterface self() {
        return this;
    }

    @Override
    Conversations conversations() {
        return store == null
                ? new Conversations(new MemoryConversationStore(MEMORY_CHARACTERS, MEMORY_TIME), false)
                : new Conversations(store, true);
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
        known.addInput(Textbox.of("message"), false);
        known.addInput(State.of(List.of()), false);
        additionalInputs().forEach(component -> known.addInput(component, true));
        known.addOutput(Json.of("response"));
        known.addOutput(State.of(List.of()));
        return new Endpoint(
                1, apiName(), apiDescription(), known.inputs(), known.outputs(), concurrencyLimit(), this::answer);
    }

    private void answer(List<@Nullable Object> values, Emitter out) throws Exception {
        ChatTurn turn = turn(values);
        Reply reply = new Reply(out);
        try {
            function.reply(turn, reply);
        } catch (Exception e) {
            if (!out.cancelled()) {
                throw e;
            }
        }
        reply.measure();
        String text = reply.text.toString();
        boolean nothing = out.cancelled() && text.isEmpty();
        out.emit(List.of(text, nothing ? turn.history() : historyAfter(turn, text)));
    }

    @SuppressWarnings("unchecked")
    private ChatTurn turn(List<@Nullable Object> values) {
        Map<String, @Nullable Object> additional = new LinkedHashMap<>();
        List<Component> components = additionalInputs();
        for (int i = 0; i < components.size(); i++) {
            additional.put(components.get(i).label(), values.get(2 + i));
        }
        return new ChatTurn((String) values.get(0), (List<ChatMessage>) values.get(1), additional);
    }

    /** Old turns are forgotten, so that a session cannot grow for ever. */
    private static List<ChatMessage> historyAfter(ChatTurn turn, String reply) {
        List<ChatMessage> messages = new ArrayList<>(turn.history());
        messages.add(ChatMessage.user(turn.message()));
        messages.add(ChatMessage.assistant(reply));
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

    /** A reply that the user sees while it grows. */
    private static final class Reply implements ReplyWriter {
        private final Emitter out;
        private final StringBuilder text = new StringBuilder();
        private final long began = System.nanoTime();
        private long first;
        private boolean measured;

        Reply(Emitter out) {
            this.out = out;
        }

        @Override
        public void write(String part) {
            if (part.isEmpty() || out.cancelled()) {
                return;
            }
            boolean isFirst = text.isEmpty();
            text.append(part);
            out.append(0, part);
            if (isFirst) {
                first = System.nanoTime();
                measure();
            }
        }

        @Override
        public void measured(Timings timings) {
            measured = true;
            out.measured(timings);
        }

        /** Unless the function says how quick it was, words are counted. */
        void measure() {
            if (!measured && !text.isEmpty()) {
                double seconds = (System.nanoTime() - first) / 1e9;
                int words = text.toString().split("\\s+").length;
                Double speed = words > 1 && seconds > LEAST_SECONDS ? words / seconds : null;
                out.measured(new Timings((first - began) / 1e9, speed, Timings.Unit.WORDS));
            }
        }

        @Override
        public boolean cancelled() {
            return out.cancelled();
        }
    }
}
