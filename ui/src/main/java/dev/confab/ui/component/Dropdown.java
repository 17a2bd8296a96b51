package dev.confab.ui.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A choice. Java sees a {@link String}, null if nothing is chosen; or a {@code List<String>} if several may be chosen.
 *
 * @param label what is written beside it
 * @param value what is chosen at first: a text, a list of texts, or null
 * @param choices what there is to choose
 * @param multiple whether several may be chosen
 * @param customValues whether a text that is not among the choices is taken too
 */
public record Dropdown(
        String label, @Nullable Object value, List<String> choices, boolean multiple, boolean customValues)
        implements Component {
    /** Copies the choices. */
    public Dropdown {
        Objects.requireNonNull(label, "label");
        choices = List.copyOf(choices);
    }

    /** One of some choices, the first at first. */
    public static Dropdown of(String label, String... choices) {
        return new Dropdown(label, choices.length == 0 ? null : choices[0], List.of(choices), false, false);
    }

    @Override
    public Dropdown withLabel(String text) {
        return new Dropdown(text, value, choices, multiple, customValues);
    }

    /** The same with another choice at first. */
    public Dropdown withValue(@Nullable String choice) {
        return new Dropdown(label, choice, choices, multiple, customValues);
    }

    /** The same for any number of choices, none of them at first. */
    public Dropdown withMultiple() {
        return new Dropdown(label, List.of(), choices, true, customValues);
    }

    /** The same where other texts are taken too, or not. */
    public Dropdown withCustomValues(boolean allowed) {
        return new Dropdown(label, value, choices, multiple, allowed);
    }

    @Override
    public String type() {
        return "dropdown";
    }

    @Override
    public Map<String, Object> properties() {
        List<List<String>> pairs =
                choices.stream().map(choice -> List.of(choice, choice)).toList();
        return Values.map("choices", pairs, "multiselect", multiple, "allow_custom_value", customValues);
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> one =
                customValues ? Map.of("type", "string") : Values.map("type", "string", "enum", choices);
        return multiple ? Values.map("type", "array", "items", one) : one;
    }

    @Override
    public String pythonType() {
        return multiple ? "list[str]" : "str";
    }

    @Override
    public @Nullable Object read(JsonNode sent, FileStore files) {
        if (!multiple) {
            return Values.isAbsent(sent) ? null : choice(sent);
        }
        if (Values.isAbsent(sent)) {
            return List.of();
        }
        if (!sent.isArray()) {
            throw InvalidValueException.of(this, sent, "a list of choices");
        }
        List<String> chosen = new ArrayList<>();
        sent.forEach(one -> chosen.add(choice(one)));
        return chosen;
    }

    private String choice(JsonNode sent) {
        String text = Values.text(this, sent);
        if (!customValues && !choices.contains(text)) {
            throw InvalidValueException.of(this, "'" + text + "'", "one of " + choices);
        }
        return text;
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofObject(returned);
    }
}
