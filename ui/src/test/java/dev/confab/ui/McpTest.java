package dev.confab.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.ui.call.UserError;
import dev.confab.ui.component.NumberField;
import dev.confab.ui.component.Textbox;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The official client of the Model Context Protocol, and what others may send. */
final class McpTest {
    private static RunningPage greeter() {
        return Interface.ofList(values -> {
                    String name = String.valueOf(values.get(0));
                    if (name.isEmpty()) {
                        throw new UserError("Nobody to greet.");
                    }
                    return Outputs.of("Hello " + name + "!", Map.of("times", String.valueOf(values.get(1))));
                })
                .inputs(Textbox.of("Name"), NumberField.of("Times").withValue(1))
                .outputs("text", "json")
                .apiName("greet")
                .apiDescription("Greets somebody.")
                .port(0)
                .quiet()
                .launch();
    }

    @Test
    void theFunctionIsAToolWithItsParameters() {
        try (RunningPage page = greeter();
                McpSyncClient client = client(page)) {
            assertThat(client.ping()).isNotNull();
            assertThat(client.listTools().tools()).singleElement().satisfies(tool -> {
                assertThat(tool.name()).isEqualTo("greet");
                assertThat(tool.description()).isEqualTo("Greets somebody.");
                assertThat(tool.inputSchema())
                        .hasToString(
                                "{type=object, properties={name={type=string}, times={type=number}}, required=[name]}");
            });

            CallToolResult result = call(client, "greet", Map.of("name", "Ann", "times", 2));
            assertThat(result.isError()).isFalse();
            assertThat(texts(result)).containsExactly("Hello Ann!", "{\"times\":\"2.0\"}");
            assertThat(texts(call(client, "greet", Map.of("name", "Bob")))).contains("{\"times\":\"1.0\"}");
        }
    }

    @Test
    void whatIsWrongIsToldToWhoeverCalls() {
        try (RunningPage page = greeter();
                McpSyncClient client = client(page)) {
            CallToolResult refused = call(client, "greet", Map.of("name", ""));
            assertThat(refused.isError()).isTrue();
            assertThat(texts(refused)).containsExactly("Nobody to greet.");
            CallToolResult incomplete = call(client, "greet", Map.of("times", 2));
            assertThat(incomplete.isError()).isTrue();
            assertThat(texts(incomplete)).containsExactly("/greet needs a value for 'name'");
            assertThatThrownBy(() -> call(client, "other", Map.of()))
                    .isInstanceOf(McpError.class)
                    .hasMessageContaining("there is no tool 'other', there is 'greet'");
        }
    }

    @Test
    void aChatAnswersWithText() {
        ChatInterface parrot = ChatInterface.of((message, history) -> "You said: " + message);
        try (RunningPage page = parrot.port(0).quiet().launch();
                McpSyncClient client = client(page)) {
            assertThat(texts(call(client, "chat", Map.of("message", "hello")))).containsExactly("You said: hello");
        }
    }

    @Test
    void whereThereIsALoginTheToolIsForUsersAlone() throws Exception {
        ChatInterface locked = ChatInterface.of((message, history) -> message).auth("ann", "secret");
        String ping = "{'jsonrpc':'2.0','id':1,'method':'ping'}";
        try (RunningPage page = locked.port(0).quiet().launch();
                Browser browser = new Browser(page)) {
            assertThat(browser.post("/gradio_api/mcp", ping).statusCode()).isEqualTo(401);
            String ann = browser.login("ann", "secret")
                    .headers()
                    .firstValue("set-cookie")
                    .orElseThrow();
            assertThat(browser.post("/gradio_api/mcp", ping, "Cookie", ann).body())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
        }
    }

    @Test
    void whatIsNotUnderstoodIsSaidSo() throws Exception {
        try (RunningPage page = greeter();
                Browser browser = new Browser(page)) {
            assertThat(browser.post("/gradio_api/mcp", "{'jsonrpc':'2.0','id':'x','method':'prompts/list'}")
                            .body())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"x\",\"error\":"
                            + "{\"code\":-32601,\"message\":\"there is no method 'prompts/list'\"}}");
            assertThat(browser.post("/gradio_api/mcp", "{'jsonrpc':'2.0','method':'notifications/initialized'}")
                            .statusCode())
                    .isEqualTo(202);
            assertThat(browser.get("/gradio_api/mcp").statusCode()).isEqualTo(405);
            assertThat(browser.post("/gradio_api/mcp", "[]").statusCode()).isEqualTo(400);
            String elsewhere = "https://elsewhere.example";
            assertThat(browser.post("/gradio_api/mcp", "{}", "Origin", elsewhere)
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private static McpSyncClient client(RunningPage page) {
        McpSyncClient client = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder(page.url().toString())
                                .endpoint("/gradio_api/mcp")
                                .build())
                .build();
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static List<String> texts(CallToolResult result) {
        return result.content().stream()
                .map(content -> ((TextContent) content).text())
                .toList();
    }
}
