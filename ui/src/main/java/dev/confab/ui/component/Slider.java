package dev.confab.ui.component;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A number between two bounds. Java sees a {@link Double}, never null.
 *
 * @param label what is written beside it
 * @param value the number that it begins with
 * @param minimum the smallest, included
 * @param maximum the largest, included
 * @param step how far apart the numbers are that the page gives, null for any number
 */
public record Slider(
        String label,
        Double value,
        double minimum,
        double maximum,
        @Nullable Double step) implements Component {
    /** Checks the bounds. */
    public Slider {
        Objects.requireNonNull(label, "label");
        if (!(minimum < maximum) || value < minimum || value > maximum) {
            throw new IllegalArgumentException(
                    "the slider goes from " + minimum + " to " + maximum + " and begins at " + value);
        }
    }

    /** A slider that begins at its minimum. */
    public static Slider of(String label, double minimum, double maximum) {
        return new Slider(label, minimum, minimum, maximum, null);
    }

    @Override
    public Slider withLabel(String text) {
        return new Slider(text, value, minimum, maximum, step);
    }

    /** The same slider that begins at a number. */
    public Slider withValue(double number) {
        return new Slider(label, number, minimum, maximum, step);
    }

    /** The same slider with a distance between the numbers that the page gives. */
    public Slider withStep(double distance) {
        return new Slider(label, value, minimum, maximum, distance);
    }

    @Override
    public String type() {
        return "slider";
    }

    @Override
    public Map<String, Object> properties() {
        return Values.map("minimum", minimum, "maximum", maximum, "step", step);
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("type", "number", "minimum", minimum, "maximum", maximum);
    }

    @Override
    public String pythonType() {
        return "float";
    }

    @Override
    public Double read(JsonNode sent, FileStore files) {
        Double number = Values.number(this, sent, minimum, maximum);
        return number == null ? value : number;
    }

    @Override
    public JsonNode write(@Nullable Object returned, FileStore files) {
        return Values.ofNumber(this, returned);
    }
}
