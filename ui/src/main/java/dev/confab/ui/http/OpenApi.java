package dev.confab.ui.http;

import dev.confab.ui.call.Endpoint;
import dev.confab.ui.call.Parameter;
import dev.confab.ui.component.Component;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes the function as OpenAPI 3.1. */
final class OpenApi {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final PageDefinition page;

    OpenApi(PageDefinition page) {
        this.page = page;
    }

    ObjectNode document(String root) {
        ObjectNode document = Json.object().put("openapi", "3.1.0");
        String title = page.look().title();
        document.putObject("info")
                .put("title", title.isEmpty() ? page.endpoint().name() : title)
                .put("description", page.look().description())
                .put("version", "1");
        document.putArray("servers").addObject().put("url", root + ConfigJson.API_PREFIX);
        ObjectNode paths = document.putObject("paths");
        describeCalls(paths);
        describeFiles(paths);
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        schemas.set("Arguments", listOf(page.endpoint().visibleInputs(), "data"));
        schemas.set("NamedArguments", named(page.endpoint()));
        schemas.set("Results", listOf(page.endpoint().visibleOutputs(), "data"));
        schemas.set("Event", object("event_id"));
        schemas.set("Error", object("detail"));
        return document;
    }

    private void describeCalls(ObjectNode paths) {
        Endpoint endpoint = page.endpoint();
        String name = endpoint.name();
        post(paths, "/run/" + name, "Calls the function and waits for its results", "Arguments", JSON, "Results");
        post(paths, "/stream/" + name, "Calls the function and streams", "Arguments", EVENTS, null);
        post(paths, "/call/" + name, "Starts a call", "Arguments", JSON, "Event");
        post(paths, "/call/v2/" + name, "Starts a call by names", "NamedArguments", JSON, "Event");
        post(paths, "/cancel", "Ends a call with the results that there are", "Event", JSON, null);
        ObjectNode follow = operation(paths, "/call/" + name + "/{event_id}", "get", "Follows a call that was started");
        follow.putArray("parameters")
                .addObject()
                .put("name", "event_id")
                .put("in", "path")
                .put("required", true)
                .set("schema", Json.object().put("type", "string"));
        answer(follow, EVENTS, null);
    }

    private static void describeFiles(ObjectNode paths) {
        ObjectNode upload = operation(paths, "/upload", "post", "Uploads files; answers their paths");
        ObjectNode file = Json.object().put("type", "string").put("format", "binary");
        ObjectNode form = Json.object().put("type", "object");
        form.putObject("properties").putObject("files").put("type", "array").set("items", file);
        upload.putObject("requestBody")
                .putObject("content")
                .putObject("multipart/form-data")
                .set("schema", form);
        answer(upload, JSON, null);
    }

    private static void post(
            ObjectNode paths, String path, String summary, String request, String answerType, @Nullable String answer) {
        ObjectNode operation = operation(paths, path, "post", summary);
        operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(JSON)
                .set("schema", reference(request));
        answer(operation, answerType, answer);
    }

    private static ObjectNode operation(ObjectNode paths, String path, String method, String summary) {
        String id = method + path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("_$", "");
        return paths.putObject(path).putObject(method).put("operationId", id).put("summary", summary);
    }

    private static void answer(ObjectNode operation, String type, @Nullable String schema) {
        ObjectNode responses = operation.putObject("responses");
        ObjectNode content = responses
                .putObject("200")
                .put("description", "OK")
                .putObject("content")
                .putObject(type);
        if (schema != null) {
            content.set("schema", reference(schema));
        }
        responses
                .putObject("default")
                .put("description", "What was wrong")
                .putObject("content")
                .putObject(JSON)
                .set("schema", reference("Error"));
    }

    private static ObjectNode reference(String schema) {
        return Json.object().put("$ref", "#/components/schemas/" + schema);
    }

    private static ObjectNode object(String property) {
        ObjectNode schema = Json.object().put("type", "object");
        schema.putObject("properties").putObject(property).put("type", "string");
        return schema;
    }

    /** An object with a list of values, each of a type of its own. */
    private static ObjectNode listOf(List<Parameter> parameters, String property) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode list = schema.putObject("properties").putObject(property).put("type", "array");
        ArrayNode items = list.putArray("prefixItems");
        parameters.forEach(parameter -> items.add(schemaOf(parameter.component())));
        return schema;
    }

    private static ObjectNode named(Endpoint endpoint) {
        ObjectNode schema = arguments(endpoint);
        schema.withObject("properties").putObject("session_hash").put("type", "string");
        return schema;
    }

    /** The arguments of a function by their names. */
    static ObjectNode arguments(Endpoint endpoint) {
        ObjectNode schema = Json.object().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (Parameter input : endpoint.visibleInputs()) {
            properties.set(input.name(), schemaOf(input.component()));
            if (!input.optional()) {
                required.add(input.name());
            }
        }
        return schema;
    }

    /** Clients of Gradio are told that any JSON has the type {@code {}}; in OpenAPI that is no type at all. */
    private static JsonNode schemaOf(Component component) {
        return component instanceof dev.confab.ui.component.Json ? Json.object() : Json.tree(component.schema());
    }
}
