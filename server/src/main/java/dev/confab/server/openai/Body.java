package dev.confab.server.openai;

import dev.confab.server.access.InputLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request's parameters, read with their ranges. Whatever is wrong is an {@link ApiException} that names it. */
final class Body {
    private final ObjectNode json;
    private final InputLimits limits;
    private int characters;

    Body(ObjectNode json, InputLimits limits) {
        this.json = json;
        this.limits = limits;
    }

    ObjectNode json() {
        return json;
    }

    InputLimits limits() {
        return limits;
    }

    /** A parameter; null if it is missing or null. */
    @Nullable
    JsonNode get(String name) {
        JsonNode value = json.get(name);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String name) {
        return get(name) != null;
    }

    boolean flag(String name) {
        JsonNode value = get(name);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw ApiException.invalid(name, "'" + name + "' is " + value + "; expected true or false");
        }
        return value.booleanValue();
    }

    int integer(String name, int otherwise, int least, int most) {
        JsonNode value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw ApiException.invalid(
                    name, "'" + name + "' is " + value + "; expected a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }

    double number(String name, double otherwise, double least, double most) {
        JsonNode value = get(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isNumber() || !(value.doubleValue() >= least && value.doubleValue() <= most)) {
            throw ApiException.invalid(
                    name, "'" + name + "' is " + value + "; expected a number from " + least + " to " + most);
        }
        return value.doubleValue();
    }

    /** A text, or several. */
    List<String> texts(String name, int most) {
        JsonNode value = get(name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        for (JsonNode item : value.isArray() ? value : List.of(value)) {
            if (!item.isString() || item.stringValue().isEmpty()) {
                throw ApiException.invalid(name, "'" + name + "' is " + value + "; expected a text or a list of texts");
            }
            texts.add(checked(name, item.stringValue()));
        }
        if (texts.size() > most) {
            throw ApiException.invalid(
                    name, "'" + name + "' has " + texts.size() + " texts; at most " + most + " may be");
        }
        return texts;
    }

    /** A text that came with the request, after looking at its length and for half characters. */
    String checked(String name, String text) {
        characters += text.length();
        if (characters > limits.characters()) {
            throw ApiException.tooLong(
                    name, "the request has more than " + limits.characters() + " characters; shorten it");
        }
        for (int i = 0; i < text.length(); i++) {
            if (isHalf(text, i)) {
                throw noText(name, text, i);
            }
        }
        return text;
    }

    /** A text that a person has written, which has no control characters. What a model has said may have some. */
    String checkedTyped(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                throw noText(name, text, i);
            }
        }
        return checked(name, text);
    }

    private static boolean isHalf(String text, int at) {
        char c = text.charAt(at);
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static ApiException noText(String name, String text, int at) {
        return ApiException.invalid(
                name,
                "'" + name + "' has the character U+" + "%04X".formatted((int) text.charAt(at)) + " at " + at
                        + ", which is no text");
    }

    /** Numbers to add to the scores of tokens, by the tokens' ids. */
    Map<Integer, Float> biases(int vocabulary) {
        JsonNode value = get("logit_bias");
        if (value == null) {
            return Map.of();
        }
        Map<Integer, Float> biases = new LinkedHashMap<>();
        if (!value.isObject()) {
            throw ApiException.invalid("logit_bias", "'logit_bias' is not an object of numbers by token ids");
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            boolean known = entry.getKey().matches("[0-9]{1,9}") && Integer.parseInt(entry.getKey()) < vocabulary;
            if (!known
                    || !entry.getValue().isNumber()
                    || Math.abs(entry.getValue().doubleValue()) > 100) {
                throw ApiException.invalid(
                        "logit_bias",
                        "'logit_bias' has " + entry.getKey() + ": " + entry.getValue() + "; expected a token id below "
                                + vocabulary + " with a number from -100 to 100");
            }
            biases.put(Integer.parseInt(entry.getKey()), entry.getValue().floatValue());
        }
        return biases;
    }

    /** Refuses parameters that would change the result in ways that cannot be followed. */
    void refuse(Map<String, String> unsupported) {
        unsupported.forEach((name, why) -> {
            JsonNode value = get(name);
            boolean harmless = value == null || (value.isContainer() && value.isEmpty());
            if (!harmless) {
                throw ApiException.unsupported(name, why);
            }
        });
    }

    /** The parameters of the given names, as an object. */
    ObjectNode select(Set<String> names) {
        ObjectNode selected = Json.object();
        for (String name : names) {
            JsonNode value = get(name);
            if (value != null) {
                selected.set(name, value);
            }
        }
        return selected;
    }
}
