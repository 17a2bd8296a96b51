package dev.confab.ui.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON bodies. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Any JSON.
     *
     * @throws JacksonException if it is none
     */
    static JsonNode parse(String json) {
        return MAPPER.readTree(json);
    }

    /** What a tree stands for: maps, lists, texts, numbers, truth values, null. */
    static @Nullable Object value(JsonNode tree) {
        return MAPPER.treeToValue(tree, Object.class);
    }

    /**
     * The request's body.
     *
     * @throws BadRequestException if it is not a JSON object
     */
    static ObjectNode body(Context context) {
        try {
            if (MAPPER.readTree(context.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new BadRequestException("the body is not JSON: " + e.getOriginalMessage());
        }
        throw new BadRequestException("the body is not a JSON object");
    }

    static void send(Context context, JsonNode json) {
        context.header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(json.toString());
    }

    /** An error as the protocol writes it. */
    static void sendError(Context context, HttpStatus status, String detail) {
        context.status(status);
        send(context, object().put("detail", detail));
    }
}
