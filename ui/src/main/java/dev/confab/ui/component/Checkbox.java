package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Yes or no. Java sees a {@link Boolean}, never null.
 *
 * @param label what is written beside it
 * @param value what it begins with
 */
public record Checkbox(String label, Boolean value) implements Component {
    /** Checks that nothing is null. */
    public Checkbox {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(value, "value");
    }

    /** A box without a tick. */
    public static Checkbox of(String label) {
        return new Checkbox(label, false);
    }

    @Override
    public Checkbox withLabel(String text) {
        return new Checkbox(text, value);
    }

    /** The same box that begins with or without a tick. */
    public Checkbox withValue(boolean ticked) {
        return new Checkbox(label, ticked);
    }

    @Override
    public String type() {
        return "checkbox";
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "boolean");
    }

    @Override
    public String pythonType() {
        return "bool";
    }

    @Override
    public Boolean read(JsonNode sent, FileStore files) {
        if (Values.isAbsent(sent)) {
            return false;
        }
        if (!sent.isBoolean()) {
            throw InvalidValueException.of(this, sent, "true or false");
        }
        return sent.booleanValue();
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return switch (returned) {
            case null -> Values.NODES.nullNode();
            case Boolean ticked -> Values.NODES.booleanNode(ticked);
            default -> throw InvalidValueException.of(this, returned, "a Boolean from the function");
        };
    }
}
