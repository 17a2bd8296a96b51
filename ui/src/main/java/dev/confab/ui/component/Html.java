package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * HTML that the function makes, shown as it is: put {@link #escape escaped} text into it. Java sees a {@link String}, never null.
 *
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Html(String label, String value) implements Component {
    /** Checks that nothing is null. */
    public Html {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
    }

    /** An empty one. */
    public static Html of(String label) {
        return new Html(label, "");
    }

    /**
     * Text as HTML that shows just this text: what users and models say must pass here before it goes into a page.
     */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public Html withLabel(String text) {
        return new Html(text, value);
    }

    /** The same that begins with a value. */
    public Html withValue(String text) {
        return new Html(label, text);
    }

    @Override
    public String type() {
        return "html";
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
