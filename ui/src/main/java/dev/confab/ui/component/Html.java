package dev.confab.ui.component;

import java.util.Objects;

/**
 * HTML that the function makes, shown as it is: put {@link #escape escaped} text into it. Java sees a {@link String}, never null.
 *
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Html(String label, String value) implements TextComponent {
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
}
