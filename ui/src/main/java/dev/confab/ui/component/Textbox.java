package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field for text. Java sees a {@link String}, never null.
 *
 * @param label what is written beside it
 * @param value the text that it begins with
 * @param placeholder what it shows while it is empty
 * @param lines how many lines of text it has room for, at least 1
 * @param maxLength the longest text that it takes, in UTF-16 units, at least 1
 */
public record Textbox(String label, String value, String placeholder, int lines, int maxLength) implements Component {
    /** Longer text than this is refused unless a length is set. */
    public static final int DEFAULT_MAX_LENGTH = 100_000;

    /** Checks the numbers. */
    public Textbox {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(placeholder, "placeholder");
        if (lines < 1 || maxLength < 1) {
            throw new IllegalArgumentException(
                    "lines is " + lines + " and maxLength " + maxLength + ", expected at least 1");
        }
    }

    /** An empty field of one line. */
    public static Textbox of(String label) {
        return new Textbox(label, "", "", 1, DEFAULT_MAX_LENGTH);
    }

    @Override
    public Textbox withLabel(String text) {
        return new Textbox(text, value, placeholder, lines, maxLength);
    }

    /** The same field that begins with a text. */
    public Textbox withValue(String text) {
        return new Textbox(label, text, placeholder, lines, maxLength);
    }

    /** The same field with another hint while it is empty. */
    public Textbox withPlaceholder(String text) {
        return new Textbox(label, value, text, lines, maxLength);
    }

    /** The same field with room for a number of lines. */
    public Textbox withLines(int count) {
        return new Textbox(label, value, placeholder, count, maxLength);
    }

    /** The same field with another longest text, in UTF-16 units. */
    public Textbox withMaxLength(int length) {
        return new Textbox(label, value, placeholder, lines, length);
    }

    @Override
    public String type() {
        return "textbox";
    }

    @Override
    public Map<String, Object> properties() {
        return Values.map("placeholder", placeholder, "lines", lines, "max_length", maxLength);
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
        String text = Values.text(this, sent);
        if (text.length() > maxLength) {
            throw InvalidValueException.of(this, text.length() + " characters long", "at most " + maxLength);
        }
        return text;
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofText(returned);
    }
}
