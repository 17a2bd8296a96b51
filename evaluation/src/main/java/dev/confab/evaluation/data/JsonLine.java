package dev.confab.evaluation.data;

import dev.confab.engine.error.ConfabException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A line of JSON, and where it stands. */
record JsonLine(JsonNode document, Path file, long number) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Parses a line.
     *
     * @throws ConfabException if it is no JSON
     */
    static JsonLine parse(String line, Path file, long number) {
        try {
            return new JsonLine(JSON.readTree(line), file, number);
        } catch (JacksonException e) {
            throw new ConfabException(
                    file + ":" + number + ": not valid JSON at column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        }
    }

    /** Whether the lines of a file are JSON, by what the first one begins with. */
    static boolean looksLikeIt(String firstLine) {
        return firstLine.stripLeading().startsWith("{");
    }

    /** Whether the document has a field. */
    boolean has(String field) {
        return document.has(field);
    }

    /** A list of texts, of which there is at least one. */
    List<String> texts(String field) {
        JsonNode list = document.path(field);
        if (!list.isArray() || list.isEmpty() || !list.valueStream().allMatch(JsonNode::isString)) {
            throw wrong(field, list, "a list of texts, at least one");
        }
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    /** A text. */
    String text(String field) {
        JsonNode text = document.path(field);
        if (!text.isString()) {
            throw wrong(field, text, "a text");
        }
        return text.stringValue();
    }

    /** An error in this line. */
    ConfabException error(String message) {
        return new ConfabException(file + ":" + number + ": " + message);
    }

    private ConfabException wrong(String field, JsonNode found, String expected) {
        String what = found.isMissingNode()
                ? "is missing"
                : "is " + found.getNodeType().name().toLowerCase(Locale.ROOT);
        return error("'" + field + "' " + what + "; expected " + expected);
    }
}
