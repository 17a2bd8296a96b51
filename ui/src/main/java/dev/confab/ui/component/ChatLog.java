package dev.confab.ui.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The messages of a chat. Java sees a {@code List<ChatMessage>}, never null.
 *
 * @param label what is written beside it
 * @param value the messages that it begins with
 */
public record ChatLog(String label, List<ChatMessage> value) implements Component {
    /** Copies the messages. */
    public ChatLog {
        Objects.requireNonNull(label, "label");
        value = List.copyOf(value);
    }

    /** A chat without messages. */
    public static ChatLog of(String label) {
        return new ChatLog(label, List.of());
    }

    @Override
    public ChatLog withLabel(String text) {
        return new ChatLog(text, value);
    }

    /** The same chat that begins with messages. */
    public ChatLog withValue(List<ChatMessage> messages) {
        return new ChatLog(label, messages);
    }

    @Override
    public String type() {
        return "chatbot";
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of("type", "messages");
    }

    @Override
    public Map<String, Object> schema() {
        return Values.map("type", "array", "items", Map.of("type", "object"));
    }

    @Override
    public String pythonType() {
        return "list[dict]";
    }

    @Override
    public List<ChatMessage> read(JsonNode sent, FileStore files) {
        if (Values.isAbsent(sent)) {
            return List.of();
        }
        if (!sent.isArray()) {
            throw InvalidValueException.of(this, sent, "a list of messages");
        }
        List<ChatMessage> messages = new ArrayList<>();
        for (JsonNode message : sent) {
            messages.add(MessageData.read(this, message, files));
        }
        return messages;
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        ArrayNode list = Values.NODES.arrayNode();
        if (returned == null) {
            return list;
        }
        if (!(returned instanceof List<?> messages)) {
            throw InvalidValueException.of(this, returned, "a List<ChatMessage> from the function");
        }
        for (Object message : messages) {
            if (!(message instanceof ChatMessage one)) {
                throw InvalidValueException.of(this, message, "a ChatMessage from the function");
            }
            list.add(MessageData.write(this, one, files));
        }
        return list;
    }
}
