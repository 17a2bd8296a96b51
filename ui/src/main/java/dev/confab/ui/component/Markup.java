package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Text that the function makes and the page shows as HTML or as Markdown. Java sees a {@link String}, never null.
 *
 * @param language what the text is written in
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Markup(Language language, String label, String value) implements Component {
    /** What a text is written in. */
    public enum Language {
        /** Shown as it is: put {@link #escape escaped} text into it. */
        HTML("html"),
        /** HTML in it is sanitised. */
        MARKDOWN("markdown");

        private final String type;

        Language(String type) {
            this.type = type;
        }
    }

    /** Checks that nothing is null. */
    public Markup {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
    }

    /** HTML, empty at first. */
    public static Markup html(String label) {
        return new Markup(Language.HTML, label, "");
    }

    /** Markdown, empty at first. */
    public static Markup markdown(String label) {
        return new Markup(Language.MARKDOWN, label, "");
    }

    /** Text as HTML that shows just this text: what users and models say must pass here before it goes into a page. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public Markup withLabel(String text) {
        return new Markup(language, text, value);
    }

    /** The same that begins with a value. */
    public Markup withValue(String text) {
        return new Markup(language, label, text);
    }

    @Override
    public String type() {
        return language.type;
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
