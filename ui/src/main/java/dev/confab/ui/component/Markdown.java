package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Markdown that the function makes; HTML in it is not shown as such. Java sees a {@link String}, never null.
 *
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Markdown(String label, String value) implements Component {
    /** Checks that nothing is null. */
    public Markdown {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
    }

    /** An empty one. */
    public static Markdown of(String label) {
        return new Markdown(label, "");
    }

    @Override
    public Markdown withLabel(String text) {
        return new Markdown(text, value);
    }

    /** The same that begins with a value. */
    public Markdown withValue(String text) {
        return new Markdown(label, text);
    }

    @Override
    public String type() {
        return "markdown";
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "string");
    }

    @Override
    public String pythonType() {
        return "str";
    }

    @Override
    public String read(JsonNode sent, FileStore files) {
        return Values.text(this, sent);
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofText(returned);
    }
}
