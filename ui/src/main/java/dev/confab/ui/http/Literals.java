package dev.confab.ui.http;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Values as programs write them. */
final class Literals {
    private Literals() {}

    /** JSON is Python, but for three words. */
    static String python(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        if (value.isNull()) {
            return "None";
        }
        if (value.isArray()) {
            return value.valueStream().map(Literals::python).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> StringNode.valueOf(entry.getKey()) + ": " + python(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** JSON's escapes in texts are Java's too. */
    static String java(String text) {
        return StringNode.valueOf(text).toString();
    }
}
