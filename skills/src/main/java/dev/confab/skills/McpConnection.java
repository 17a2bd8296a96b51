package dev.confab.skills;

import dev.confab.dialogue.skill.SkillException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The connection to an MCP server. It is made by the first call, and made anew after one that failed.
 *
 * <p>Usable from any thread; calls go one at a time.
 */
final class McpConnection implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(McpConnection.class.getName());

    private final McpServerConfig config;
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final WebLimits limits;
    private final CircuitBreaker breaker;
    private @Nullable McpSyncClient client;

    McpConnection(McpServerConfig config, WebLimits limits, Environment environment) {
        this.config = config;
        this.limits = limits;
        breaker = Breakers.create(config.name(), limits);
        config.headers().forEach((name, value) -> headers.put(name, environment.fill(value, config.name())));
        config.environment()
                .forEach((name, value) -> this.environment.put(name, environment.fill(value, config.name())));
    }

    /**
     * Calls a tool.
     *
     * @return the texts of its result
     * @throws SkillException if the server cannot be reached or is too slow, or the tool fails
     */
    synchronized String call(String tool, Map<String, Object> arguments) {
        McpSchema.CallToolResult result;
        var call = McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
        try {
            result = breaker.executeSupplier(() -> connected().callTool(call));
        } catch (CallNotPermittedException e) {
            throw unreachable("it failed too often, and is asked again after " + limits.pause(), null);
        } catch (RuntimeException e) {
            close();
            throw unreachable("the tool '%s' could not be called: %s".formatted(tool, e.getMessage()), e);
        }
        String text = result.content().stream()
                .filter(McpSchema.TextContent.class::isInstance)
                .map(content -> ((McpSchema.TextContent) content).text())
                .collect(Collectors.joining("\n"));
        if (Boolean.TRUE.equals(result.isError())) {
            throw new SkillException(
                    "I asked %s, but it couldn't help with that.".formatted(config.name()),
                    "MCP server '%s': the tool '%s' failed: %s"
                            .formatted(config.name(), tool, Sentences.shortened(text)),
                    null);
        }
        return text;
    }

    private McpSyncClient connected() {
        McpSyncClient connected = client;
        if (connected == null) {
            McpClientTransport transport = transport();
            connected = McpClient.sync(transport)
                    .requestTimeout(limits.timeout())
                    .initializationTimeout(limits.timeout())
                    .clientInfo(McpSchema.Implementation.builder("confab", "1").build())
                    .build();
            client = connected;
            connected.initialize();
            if (transport instanceof StdioClientTransport program) {
                failCallsWhenItEnds(program, connected);
            }
        }
        return connected;
    }

    /** A program that has ended answers nothing more: whoever waits for it should not wait until their time is over. */
    private void failCallsWhenItEnds(StdioClientTransport program, McpSyncClient connected) {
        Thread.ofVirtual().name("mcp-" + config.name()).start(() -> {
            program.awaitForExit();
            connected.close();
        });
    }

    private McpClientTransport transport() {
        if (!config.command().isEmpty()) {
            ServerParameters program = ServerParameters.builder(config.command().getFirst())
                    .args(config.command().subList(1, config.command().size()))
                    .env(environment)
                    .build();
            var transport = new StdioClientTransport(program, McpJsonDefaults.getMapper(), limits.mostBytes());
            transport.setStdErrorHandler(line -> LOG.log(Level.DEBUG, "MCP server ''{0}'': {1}", config.name(), line));
            return transport;
        }
        URI address = URI.create(config.url());
        String path = address.getRawPath().isEmpty() ? "/mcp" : address.getRawPath();
        return HttpClientStreamableHttpTransport.builder(address.getScheme() + "://" + address.getRawAuthority())
                .endpoint(address.getRawQuery() == null ? path : path + "?" + address.getRawQuery())
                .connectTimeout(limits.timeout())
                .maxResponseSize(limits.mostBytes())
                .addHttpRequestCustomizer((request, method, uri, body, context) -> headers.forEach(request::setHeader))
                .build();
    }

    private SkillException unreachable(String why, @Nullable Throwable cause) {
        return new SkillException(
                "I can't reach %s right now. Maybe try again a little later?".formatted(config.name()),
                "MCP server '%s': %s".formatted(config.name(), why),
                cause);
    }

    /** Ends the connection, and the program behind it if there is one. */
    @Override
    public synchronized void close() {
        McpSyncClient connected = client;
        client = null;
        if (connected != null) {
            connected.close();
        }
    }
}
