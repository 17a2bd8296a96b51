package dev.confab.ui.http;

import dev.confab.ui.call.Call;
import dev.confab.ui.call.CallEvent;
import dev.confab.ui.call.CallReader;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.InvalidValueException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The function as a tool of the Model Context Protocol, which language models can be given: by its transport "streamable
 * HTTP", without sessions, one JSON answer to each request.
 */
final class McpRoutes {
    /** The newest first. */
    private static final List<String> VERSIONS = List.of("2025-06-18", "2025-03-26", "2024-11-05");

    private static final int UNKNOWN_METHOD = -32601;
    private static final int WRONG_PARAMETERS = -32602;

    private final PageDefinition page;
    private final Requests requests;

    McpRoutes(PageDefinition page, Requests requests) {
        this.page = page;
        this.requests = requests;
    }

    void addTo(JavalinConfig target, String prefix) {
        target.routes.post(prefix + "/mcp", this::answer);
        target.routes.get(prefix + "/mcp", McpRoutes::refuse);
        target.routes.delete(prefix + "/mcp", McpRoutes::refuse);
    }

    /** There are no sessions to end, and nothing is said unasked. */
    private static void refuse(Context context) {
        context.header("Allow", "POST");
        Json.sendError(context, HttpStatus.METHOD_NOT_ALLOWED, "requests of the Model Context Protocol come by POST");
    }

    private void answer(Context context) throws InterruptedException {
        ObjectNode request = Json.body(context);
        if (!request.has("id")) {
            context.status(HttpStatus.ACCEPTED); // a notification, which has no answer
            return;
        }
        ObjectNode answer = Json.object().put("jsonrpc", "2.0");
        answer.set("id", request.path("id"));
        JsonNode parameters = request.path("params");
        String method = request.path("method").asString("");
        switch (method) {
            case "initialize" -> answer.set("result", welcome(parameters));
            case "ping" -> answer.putObject("result");
            case "tools/list" -> answer.putObject("result").putArray("tools").add(tool());
            case "tools/call" -> call(context, parameters, answer);
            default -> fail(answer, UNKNOWN_METHOD, "there is no method '" + method + "'");
        }
        Json.send(context, answer);
    }

    private static void fail(ObjectNode answer, int code, String message) {
        answer.putObject("error").put("code", code).put("message", message);
    }

    private ObjectNode welcome(JsonNode parameters) {
        String wanted = parameters.path("protocolVersion").asString("");
        ObjectNode welcome =
                Json.object().put("protocolVersion", VERSIONS.contains(wanted) ? wanted : VERSIONS.getFirst());
        welcome.putObject("capabilities").putObject("tools");
        String title = page.look().title();
        welcome.putObject("serverInfo")
                .put("name", title.isEmpty() ? page.endpoint().name() : title)
                .put("version", "1");
        return welcome;
    }

    private ObjectNode tool() {
        Endpoint endpoint = page.endpoint();
        String description = endpoint.description();
        ObjectNode tool = Json.object()
                .put("name", endpoint.name())
                .put("description", description.isEmpty() ? page.look().description() : description);
        tool.set("inputSchema", OpenApi.arguments(endpoint));
        return tool;
    }

    private void call(Context context, JsonNode parameters, ObjectNode answer) throws InterruptedException {
        String name = parameters.path("name").asString("");
        Endpoint endpoint = page.endpoint();
        if (!name.equals(endpoint.name())) {
            fail(answer, WRONG_PARAMETERS, "there is no tool '" + name + "', there is '" + endpoint.name() + "'");
            return;
        }
        try {
            JsonNode arguments = parameters.has("arguments") ? parameters.path("arguments") : Json.object();
            List<@Nullable Object> inputs = endpoint.readNamed(arguments, requests.files());
            answer.set("result", result(context, endpoint, inputs));
        } catch (InvalidValueException e) {
            answer.set("result", result(List.of(String.valueOf(e.getMessage())), true)); // a model may do better then
        }
    }

    private ObjectNode result(Context context, Endpoint endpoint, List<@Nullable Object> inputs)
            throws InterruptedException {
        Call call = requests.calls()
                .submitAlone(endpoint, requests.session(context, MissingNode.getInstance()), inputs, _ -> {});
        ObjectNode result = Json.object();
        try (CallReader reader = call.newReader(0)) {
            while (!reader.sawEnd()) {
                switch (reader.next(requests.heartbeat())) {
                    case CallEvent.Completed done -> result = result(texts(context, call, done), false);
                    case CallEvent.Failed failed -> result = result(List.of(failed.message()), true);
                    case null, default -> {}
                }
            }
        }
        return result;
    }

    private List<String> texts(Context context, Call call, CallEvent.Completed done) {
        return requests.withAddresses(context, CallRoutes.visible(call, done.values()))
                .valueStream()
                .map(this::text)
                .toList();
    }

    private String text(JsonNode value) {
        if (requests.isChat()) {
            return ChatValues.text(value);
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static ObjectNode result(List<String> texts, boolean isError) {
        ObjectNode result = Json.object();
        ArrayNode content = result.putArray("content");
        texts.forEach(text -> content.addObject().put("type", "text").put("text", text));
        return result.put("isError", isError);
    }
}
