package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Any JSON. Java sees maps, lists, texts, numbers, truth values and null; a function may return whatever Jackson can
 * write, records included.
 *
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Json(String label, @Nullable Object value) implements Component {
    /** Checks the label. */
    public Json {
        Objects.requireNonNull(label, "label");
    }

    /** An empty one. */
    public static Json of(String label) {
        return new Json(label, null);
    }

    @Override
    public Json withLabel(String text) {
        return new Json(text, value);
    }

    /** The same that begins with a value. */
    public Json withValue(@Nullable Object first) {
        return new Json(label, first);
    }

    @Override
    public String type() {
        return "json";
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", Map.of(), "description", "any valid json");
    }

    @Override
    public String pythonType() {
        return "Any";
    }

    @Override
    public @Nullable Object read(JsonNode sent, FileStore files) {
        return Values.plain(sent);
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofObject(returned);
    }
}
