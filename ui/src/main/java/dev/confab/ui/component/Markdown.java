package dev.confab.ui.component;

import java.util.Objects;

/**
 * Markdown that the function makes; HTML in it is not shown as such. Java sees a {@link String}, never null.
 *
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Markdown(String label, String value) implements TextComponent {
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
}
