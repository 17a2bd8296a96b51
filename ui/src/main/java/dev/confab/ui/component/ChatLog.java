package dev.confab.ui.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
            try {
                messages.add(new ChatMessage(message.path("role").asString(""), content(message.path("content"))));
            } catch (IllegalArgumentException e) {
                throw InvalidValueException.of(this, message, "a message: " + e.getMessage());
            }
        }
        return messages;
    }

    /** Clients send a text, or a list of parts of which those of type text count. */
    private String content(JsonNode content) {
        if (!content.isArray()) {
            return Values.text(this, content);
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(part.isString() ? part.stringValue() : part.path("text").asString(""));
        }
        return text.toString();
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
            if (!(message instanceof ChatMessage(String role, String text))) {
                throw InvalidValueException.of(this, message, "a ChatMessage from the function");
            }
            ObjectNode written = list.addObject().put("role", role);
            written.putNull("metadata");
            written.putArray("content").addObject().put("type", "text").put("text", text);
            written.putNull("options");
        }
        return list;
    }
}
