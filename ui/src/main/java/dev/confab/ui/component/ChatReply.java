package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a chat replies: a text, or a message where there is more to it than its text. A function returns a
 * {@link ChatMessage}.
 *
 * @param label what is written beside it
 */
public record ChatReply(String label) implements Component {
    /** Checks the label. */
    public ChatReply {
        Objects.requireNonNull(label, "label");
    }

    @Override
    public ChatReply withLabel(String text) {
        return new ChatReply(text);
    }

    /** Gradio's chats reply with JSON, too. */
    @Override
    public String type() {
        return "json";
    }

    @Override
    public @Nullable Object value() {
        return null;
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", Map.of(), "description", "a text, or a message");
    }

    @Override
    public String pythonType() {
        return "str | dict";
    }

    @Override
    public ChatMessage read(JsonNode sent, FileStore files) {
        return sent.isObject() ? MessageData.read(this, sent, files) : ChatMessage.assistant(Values.text(this, sent));
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return switch (returned) {
            case null -> Values.NODES.nullNode();
            case ChatMessage message
            when message.files().isEmpty() && message.options().isEmpty() -> Values.ofText(message.content());
            case ChatMessage message -> MessageData.write(this, message, files);
            default -> throw InvalidValueException.of(this, returned, "a ChatMessage from the function");
        };
    }
}
