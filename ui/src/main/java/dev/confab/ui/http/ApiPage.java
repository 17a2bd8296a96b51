package dev.confab.ui.http;

import dev.confab.ui.call.Endpoint;
import dev.confab.ui.call.Parameter;
import dev.confab.ui.component.Markup;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells people how to call the function from their own programs, with programs to copy. */
final class ApiPage {
    private final PageDefinition page;
    private final Requests requests;
    private final PageRoutes routes;

    ApiPage(PageDefinition page, Requests requests, PageRoutes routes) {
        this.page = page;
        this.requests = requests;
        this.routes = routes;
    }

    void send(Context context) {
        Endpoint endpoint = page.endpoint();
        String root = requests.root(context);
        String login = page.access().accounts().needed() ? "<p>{{text.apiLogin}}</p>" : "";
        routes.send(
                context,
                "api.html",
                html -> html.replace("{{name}}", endpoint.name())
                        .replace("{{description}}", Markup.escape(endpoint.description()))
                        .replace("{{parameters}}", parameters(endpoint.visibleInputs()))
                        .replace("{{results}}", results(endpoint.visibleOutputs()))
                        .replace("{{login}}", login)
                        .replace("{{curl}}", Markup.escape(curl(endpoint, root)))
                        .replace("{{javascript}}", Markup.escape(javaScript(endpoint, root)))
                        .replace("{{python}}", Markup.escape(python(endpoint, root)))
                        .replace("{{java}}", Markup.escape(java(endpoint, root))));
    }

    private static String parameters(List<Parameter> inputs) {
        return inputs.stream()
                .map(input -> row(
                        input.name(),
                        input.component().pythonType(),
                        input.optional() ? String.valueOf(input.component().value()) : "{{text.apiNeeded}}"))
                .collect(Collectors.joining());
    }

    private static String results(List<Parameter> outputs) {
        return outputs.stream()
                .map(output -> row(output.name(), output.component().pythonType()))
                .collect(Collectors.joining());
    }

    private static String row(String... cells) {
        String inner = Arrays.stream(cells)
                .map(cell -> "<td>" + Markup.escape(cell) + "</td>")
                .collect(Collectors.joining());
        return "<tr>" + inner + "</tr>";
    }

    private static ObjectNode named(Endpoint endpoint) {
        ObjectNode arguments = Json.object();
        endpoint.visibleInputs()
                .forEach(input -> arguments.set(input.name(), Json.tree(Samples.of(input.component()))));
        return arguments;
    }

    private static ObjectNode positional(Endpoint endpoint) {
        ObjectNode body = Json.object();
        ArrayNode data = body.putArray("data");
        endpoint.visibleInputs().forEach(input -> data.add(Json.tree(Samples.of(input.component()))));
        return body;
    }

    private static String curl(Endpoint endpoint, String root) {
        return """
                # the answer at once
                curl -s %1$s/gradio_api/run/%2$s \\
                  -H 'Content-Type: application/json' -d '%3$s'

                # the answer as it grows
                curl -sN %1$s/gradio_api/stream/%2$s \\
                  -H 'Content-Type: application/json' -d '%3$s'
                """.formatted(
                        root, endpoint.name(), positional(endpoint).toString().replace("'", "'\\''"));
    }

    private static String javaScript(Endpoint endpoint, String root) {
        return """
                import { Client } from "@gradio/client";

                const client = await Client.connect("%s");
                const result = await client.predict("/%s", %s);
                console.log(JSON.stringify(result.data));
                """.formatted(root, endpoint.name(), named(endpoint));
    }

    private static String python(Endpoint endpoint, String root) {
        String arguments = endpoint.visibleInputs().stream()
                .map(input -> input.name() + "=" + Literals.python(Json.tree(Samples.of(input.component()))))
                .collect(Collectors.joining(", "));
        return """
                from gradio_client import Client

                client = Client("%s")
                print(client.predict(%s, api_name="/%s"))
                """.formatted(root, arguments, endpoint.name());
    }

    private static String java(Endpoint endpoint, String root) {
        return """
                import java.net.URI;
                import java.net.http.HttpClient;
                import java.net.http.HttpRequest;
                import java.net.http.HttpRequest.BodyPublishers;
                import java.net.http.HttpResponse.BodyHandlers;

                void main() throws Exception {
                    var request = HttpRequest.newBuilder(URI.create("%s/gradio_api/run/%s"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(%s))
                            .build();
                    IO.println(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
                }
                """.formatted(
                root, endpoint.name(), Literals.java(positional(endpoint).toString()));
    }
}
