package dev.confab.server.openai;

import io.javalin.http.Context;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes JSON bodies. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * The request's body.
     *
     * @throws ApiException if it is not a JSON object
     */
    static ObjectNode body(Context context) {
        try {
            if (MAPPER.readTree(context.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw ApiException.of(
                    400, "invalid_request_error", "the body is not JSON: " + e.getOriginalMessage(), "invalid_json");
        }
        throw ApiException.of(400, "invalid_request_error", "the body is not a JSON object", "invalid_json");
    }

    static void send(Context context, ObjectNode json) {
        context.contentType("application/json").result(json.toString());
    }

    /** An error in OpenAI's shape. */
    static ObjectNode error(ApiException error) {
        ObjectNode json = object();
        json.putObject("error")
                .put("message", String.valueOf(error.getMessage()))
                .put("type", error.type())
                .put("param", error.parameter())
                .put("code", error.code());
        return json;
    }
}
