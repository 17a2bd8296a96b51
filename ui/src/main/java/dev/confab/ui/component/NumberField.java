package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A field for a number. Java sees a {@link Double}, or null if it is empty.
 *
 * @param label what is written beside it
 * @param value the number that it begins with, null for none
 * @param minimum the smallest that it takes, null for no bound
 * @param maximum the largest that it takes, null for no bound
 * @param step how far apart the page's arrows step, null for any number
 */
public record NumberField(
        String label,
        @Nullable Double value,
        @Nullable Double minimum,
        @Nullable Double maximum,
        @Nullable Double step) implements Component {
    /** Checks the bounds. */
    public NumberField {
        Objects.requireNonNull(label, "label");
        if (minimum != null && maximum != null && minimum > maximum) {
            throw new IllegalArgumentException("the minimum " + minimum + " is above the maximum " + maximum);
        }
    }

    /** An empty field without bounds. */
    public static NumberField of(String label) {
        return new NumberField(label, null, null, null, null);
    }

    @Override
    public NumberField withLabel(String text) {
        return new NumberField(text, value, minimum, maximum, step);
    }

    /** The same field that begins with a number. */
    public NumberField withValue(double number) {
        return new NumberField(label, number, minimum, maximum, step);
    }

    /** The same field with bounds, both included. */
    public NumberField withRange(double smallest, double largest) {
        return new NumberField(label, value, smallest, largest, step);
    }

    /** The same field with another distance between the numbers that the page's arrows give. */
    public NumberField withStep(double distance) {
        return new NumberField(label, value, minimum, maximum, distance);
    }

    @Override
    public String type() {
        return "number";
    }

    @Override
    public Map<String, Object> properties() {
        return Values.map("minimum", minimum, "maximum", maximum, "step", step);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "number");
    }

    @Override
    public String pythonType() {
        return "float";
    }

    @Override
    public @Nullable Double read(JsonNode sent, FileStore files) {
        return Values.number(this, sent, minimum, maximum);
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofNumber(this, returned);
    }
}
