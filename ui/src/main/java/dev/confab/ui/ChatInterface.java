package dev.confab.ui;

import dev.confab.ui.call.Emitter;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.ChatMessage;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.Json;
import dev.confab.ui.component.State;
import dev.confab.ui.component.Textbox;
import dev.confab.ui.http.PageDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final StreamingChatFunction function;

    private ChatInterface(StreamingChatFunction function) {
        super("chat");
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

    @Override
    ChatInterface self() {
        return this;
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

        Reply(Emitter out) {
            this.out = out;
        }

        @Override
        public void write(String part) {
            if (!part.isEmpty() && !out.cancelled()) {
                text.append(part);
                out.append(0, part);
            }
        }

        @Override
        public boolean cancelled() {
            return out.cancelled();
        }
    }
}
