package dev.confab.skills;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;

/** An MCP server as a program of its own, made with the SDK: one tool that adds, one that fails, one that dies. */
final class StandardInputServer {
    private StandardInputServer() {}

    public static void main(String[] arguments) {
        Map<String, Object> anything = Map.of("type", "object");
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
                .serverInfo("numbers", "1")
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .toolCall(tool("add", anything), (exchange, request) -> {
                    int a = Integer.parseInt(String.valueOf(request.arguments().get("a")));
                    int b = Integer.parseInt(String.valueOf(request.arguments().get("b")));
                    return CallToolResult.builder()
                            .addTextContent(System.getenv("GREETING") + " " + (a + b))
                            .build();
                })
                .toolCall(
                        tool("fail", anything),
                        (exchange, request) -> CallToolResult.builder()
                                .addTextContent("no such number")
                                .isError(true)
                                .build())
                .toolCall(tool("die", anything), (exchange, request) -> {
                    Runtime.getRuntime().halt(3);
                    return CallToolResult.builder().build();
                })
                .build();
    }

    private static Tool tool(String name, Map<String, Object> schema) {
        return Tool.builder(name, schema).build();
    }
}
