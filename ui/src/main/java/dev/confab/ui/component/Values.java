package dev.confab.ui.component;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What several components do alike with JSON. */
final class Values {
    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Values() {}

    static boolean isAbsent(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    /** Text, where nothing counts as empty. */
    static String text(Component component, JsonNode value) {
        if (isAbsent(value)) {
            return "";
        }
        if (!value.isString()) {
            throw InvalidValueException.of(component, value, "a text");
        }
        return value.stringValue();
    }

    static JsonNode ofText(@Nullable Object value) {
        return value == null ? NODES.nullNode() : NODES.stringNode(value.toString());
    }

    /** A number within its bounds, null for none. */
    static @Nullable Double number(
            Component component, JsonNode value, @Nullable Double minimum, @Nullable Double maximum) {
        if (isAbsent(value)) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw InvalidValueException.of(component, value, "a number");
        }
        double number = value.doubleValue();
        if (minimum != null && number < minimum) {
            throw InvalidValueException.of(component, value, "at least " + minimum);
        }
        if (maximum != null && number > maximum) {
            throw InvalidValueException.of(component, value, "at most " + maximum);
        }
        return number;
    }

    static JsonNode ofNumber(Component component, @Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Number number -> MAPPER.valueToTree(number);
            default -> throw InvalidValueException.of(component, value, "a number from the function");
        };
    }

    /** Whatever Jackson can write. */
    static JsonNode ofObject(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    /** JSON as maps, lists, texts, numbers and truth values. */
    static @Nullable Object plain(JsonNode value) {
        return isAbsent(value) ? null : MAPPER.treeToValue(value, Object.class);
    }

    /** A map that keeps its order and leaves out what is null. */
    static Map<String, Object> map(@Nullable Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object name = namesAndValues[i];
            Object value = namesAndValues[i + 1];
            if (name != null && value != null) {
                map.put(name.toString(), value);
            }
        }
        return map;
    }
}
