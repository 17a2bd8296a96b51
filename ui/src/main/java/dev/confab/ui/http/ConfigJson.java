package dev.confab.ui.http;

import dev.confab.ui.call.Endpoint;
import dev.confab.ui.call.Parameter;
import dev.confab.ui.component.Component;
import dev.confab.ui.component.FileStore;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Describes a page to browsers and clients: {@code /config} and {@code /info}. */
final class ConfigJson {
    /** The version of Gradio whose protocol this is; clients compare it. */
    private static final String PROTOCOL_VERSION = "6.25.0";

    static final String API_PREFIX = "/gradio_api";

    private final PageDefinition page;
    private final FileStore files;
    /** No secret, so that no secure random numbers are needed to start, which take their time the first time. */
    private final String appId =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    ConfigJson(PageDefinition page, FileStore files) {
        this.page = page;
        this.files = files;
    }

    /** Names this server until it stops. */
    String appId() {
        return appId;
    }

    /**
     * All that a client needs to begin.
     *
     * @param root the address that the client knows the page by, without a slash at the end
     * @param user who is logged in
     */
    ObjectNode config(String root, @Nullable String user) {
        ObjectNode config = Json.object();
        config.put("version", PROTOCOL_VERSION)
                .put("api_prefix", API_PREFIX)
                .put("protocol", "sse_v3")
                .put("root", root)
                .put("mode", page.kind().mode())
                .put("app_id", appId)
                .put("enable_queue", true)
                .put("connect_heartbeat", false)
                .put("analytics_enabled", false)
                .put("is_space", false)
                .put("is_colab", false)
                .put("dev_mode", false)
                .put("show_error", page.showErrors())
                .put("max_file_size", page.limits().maxFileSize())
                .put("username", user)
                .put("title", page.look().title())
                .put("description", page.look().description())
                .put("article", page.look().article());
        config.set("components", components());
        config.set("dependencies", Json.array().add(dependency()));
        config.set("layout", layout());
        config.set("confab", pageDetails());
        return config;
    }

    private Map<Integer, Parameter> parameters() {
        Map<Integer, Parameter> byId = new LinkedHashMap<>();
        page.endpoint().inputs().forEach(input -> byId.put(input.id(), input));
        page.endpoint().outputs().forEach(output -> byId.putIfAbsent(output.id(), output));
        return byId;
    }

    private ArrayNode components() {
        ArrayNode array = Json.array();
        for (Parameter parameter : parameters().values()) {
            Component component = parameter.component();
            ObjectNode node = array.addObject().put("id", parameter.id()).put("type", component.type());
            ObjectNode properties = node.putObject("props");
            properties.put("name", component.type()).put("label", component.label());
            if (!parameter.isState()) {
                component.properties().forEach((name, value) -> properties.set(name, Json.tree(value)));
                properties.set("value", component.write(component.value(), files));
                properties.put("interactive", page.endpoint().inputs().contains(parameter));
                node.set("api_info", Json.tree(component.schema()));
            }
            node.put("skip_api", parameter.isState());
        }
        return array;
    }

    private ObjectNode dependency() {
        Endpoint endpoint = page.endpoint();
        ObjectNode node = Json.object()
                .put("id", endpoint.id())
                .put("api_name", endpoint.name())
                .put("api_description", endpoint.description())
                .put("api_visibility", "public")
                .put("queue", true)
                .put("backend_fn", true)
                .put("connection", "sse");
        node.set("inputs", ids(endpoint.inputs()));
        node.set("outputs", ids(endpoint.outputs()));
        node.putArray("targets");
        node.putArray("cancels");
        node.putNull("js");
        node.putObject("types").put("generator", true).put("cancel", false);
        return node;
    }

    private static ArrayNode ids(List<Parameter> parameters) {
        ArrayNode array = Json.array();
        parameters.forEach(parameter -> array.add(parameter.id()));
        return array;
    }

    private ObjectNode layout() {
        ObjectNode layout = Json.object().put("id", 0);
        ArrayNode children = layout.putArray("children");
        parameters().keySet().forEach(id -> children.addObject().put("id", id));
        return layout;
    }

    /** What only our own page asks for. */
    private ObjectNode pageDetails() {
        List<Parameter> inputs = page.endpoint().visibleInputs();
        int ordinary = inputs.size() - page.form().additionalInputs();
        ObjectNode node = Json.object().put("kind", page.kind().mode());
        node.set("inputs", ids(inputs.subList(0, ordinary)));
        node.set("additional_inputs", ids(inputs.subList(ordinary, inputs.size())));
        node.set("outputs", ids(page.endpoint().visibleOutputs()));
        node.put("live", page.form().live());
        node.set("examples", examples());
        ObjectNode flagging =
                node.putObject("flagging").put("enabled", page.flagging().log() != null);
        flagging.put("rated", page.chat().rated());
        flagging.set("options", Json.tree(page.flagging().options()));
        node.set("avatars", Json.tree(page.chat().avatars().keySet()));
        node.put("login", page.access().accounts().needed());
        node.put("custom_js", !page.look().javaScript().isEmpty());
        return node;
    }

    private ArrayNode examples() {
        List<Parameter> inputs = page.endpoint().visibleInputs();
        ArrayNode rows = Json.array();
        for (List<@Nullable Object> example : page.form().examples()) {
            ArrayNode row = rows.addArray();
            for (int i = 0; i < example.size(); i++) {
                row.add(inputs.get(i).component().write(example.get(i), files));
            }
        }
        return rows;
    }

    /** The API's functions with their parameters and results. */
    ObjectNode info() {
        Endpoint endpoint = page.endpoint();
        ObjectNode info = Json.object();
        ObjectNode described = info.putObject("named_endpoints").putObject("/" + endpoint.name());
        described.put("description", endpoint.description()).put("api_visibility", "public");
        ArrayNode parameters = described.putArray("parameters");
        endpoint.visibleInputs().forEach(input -> parameters.add(parameter(input)));
        ArrayNode returns = described.putArray("returns");
        endpoint.visibleOutputs().forEach(output -> returns.add(value(output)));
        info.putObject("unnamed_endpoints");
        return info;
    }

    private ObjectNode parameter(Parameter input) {
        ObjectNode node = value(input);
        node.put("parameter_name", input.name()).put("parameter_has_default", input.optional());
        node.set("parameter_default", input.component().write(input.component().value(), files));
        node.set("example_input", Json.tree(Samples.of(input.component())));
        return node;
    }

    private static ObjectNode value(Parameter parameter) {
        Component component = parameter.component();
        ObjectNode node = Json.object().put("label", component.label());
        node.set("type", Json.tree(component.schema()));
        node.putObject("python_type").put("type", component.pythonType()).put("description", "");
        String type = component.type();
        return node.put("component", type.substring(0, 1).toUpperCase(Locale.ROOT) + type.substring(1));
    }
}
