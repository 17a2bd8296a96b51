package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes the fields of the machine-readable forms. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    /**
     * Reads a document.
     *
     * @throws tools.jackson.core.JacksonException if it is none
     */
    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    /** A document on one line, in UTF-8. */
    static byte[] bytes(JsonNode document) {
        return MAPPER.writeValueAsBytes(document);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(List<ObjectNode> documents) {
        return JsonNodeFactory.instance.arrayNode().addAll(documents);
    }

    static ArrayNode array(int[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
        for (int value : values) {
            array.add(value);
        }
        return array;
    }

    /** An array in which minus infinity is null, and what else JSON has no number for is its name. */
    static ArrayNode array(float[] values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(values.length);
        for (float value : values) {
            if (Float.isFinite(value)) {
                array.add(value);
            } else if (value == Float.NEGATIVE_INFINITY) {
                array.addNull();
            } else {
                array.add(Float.isNaN(value) ? "nan" : "inf");
            }
        }
        return array;
    }

    /** A text that must be there. */
    static String text(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (!node.isString()) {
            throw wrong(document, field, "a text");
        }
        return node.stringValue();
    }

    /** A truth value, false where it is absent. */
    static boolean flag(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return false;
        }
        if (!node.isBoolean()) {
            throw wrong(document, field, "true or false");
        }
        return node.booleanValue();
    }

    /** A whole number that must be there. */
    static int integer(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (!isInteger(node)) {
            throw wrong(document, field, "a whole number");
        }
        return node.intValue();
    }

    /** Whole numbers, such as token ids, that must be there. */
    static int[] integers(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (!node.isArray() || !node.valueStream().allMatch(Json::isInteger)) {
            throw wrong(document, field, "a list of whole numbers");
        }
        return node.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    /** Whole numbers, alone or as the only row of a batch, as transformers has them; null where the field is absent. */
    static int @Nullable [] optionalRow(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (node.isArray() && node.size() == 1 && node.get(0).isArray()) {
            document.set(field, node.get(0));
        }
        return optionalIntegers(document, field);
    }

    /** Whole numbers, or null where the field is absent or null. */
    static int @Nullable [] optionalIntegers(ObjectNode document, String field) {
        return document.path(field).isMissingNode() || document.path(field).isNull() ? null : integers(document, field);
    }

    /** Numbers, or null where the field is absent or null. */
    static double @Nullable [] numbers(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isNumber)) {
            throw wrong(document, field, "a list of numbers");
        }
        return node.valueStream().mapToDouble(JsonNode::doubleValue).toArray();
    }

    /** Scores as {@link #array(float[])} writes them. */
    static float[] scores(ObjectNode document, String field) {
        JsonNode node = document.path(field);
        if (!node.isArray()) {
            throw wrong(document, field, "a list of numbers, with null for minus infinity");
        }
        float[] scores = new float[node.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = score(node.get(i), index -> wrong(document, field + "[" + index + "]", "a number or null"), i);
        }
        return scores;
    }

    private static float score(JsonNode node, IntFunction<ConfabException> error, int index) {
        if (node.isNull()) {
            return Float.NEGATIVE_INFINITY;
        }
        if (node.isNumber()) {
            return node.floatValue();
        }
        return switch (node.asString("")) {
            case "-inf" -> Float.NEGATIVE_INFINITY;
            case "inf" -> Float.POSITIVE_INFINITY;
            case "nan" -> Float.NaN;
            default -> throw error.apply(index);
        };
    }

    private static boolean isInteger(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToInt();
    }

    private static ConfabException wrong(ObjectNode document, String field, String expected) {
        JsonNode found = document.path(field);
        return new ConfabException(
                "'" + field + "' " + (found.isMissingNode() ? "is missing" : "is " + shortened(found.toString()))
                        + "; expected " + expected);
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
