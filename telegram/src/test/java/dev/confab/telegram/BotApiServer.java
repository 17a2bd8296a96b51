package dev.confab.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Behaves as Telegram's Bot API does: updates that are given out again until they are confirmed, messages that can be
 * edited, and all the ways in which it refuses or fails.
 */
public final class BotApiServer extends TestChats implements AutoCloseable {
    /** The bot's number. */
    public static final long BOT = 110201543;

    /** The bot's user name. */
    public static final String NAME = "TalkyTestBot";

    /** The bot's token. */
    public static final String SECRET = BOT + ":AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private volatile boolean revoked;

    /** A call that was made: the method, and what came with it. */
    public record Call(String method, Map<String, String> parameters) {
        /** What was to be written. */
        public String text() {
            return parameters.getOrDefault("text", "");
        }
    }

    /** A server on a free port. */
    public BotApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Its address, for the bot. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    // --- how Telegram fails

    /** The next calls of a method fail in these ways, one after the other. */
    synchronized void fail(String method, Fault... next) {
        faults.computeIfAbsent(method, _ -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** From now on another program asks for the updates of this bot, too: each call for them is refused so often. */
    public void conflict(int times) {
        for (int i = 0; i < times; i++) {
            fail(
                    "getUpdates",
                    Fault.error(
                            409,
                            "Conflict: terminated by other getUpdates request; make sure that only one bot"
                                    + " instance is running"));
        }
    }

    /** From now on the token is not known. */
    public void revoke() {
        revoked = true;
        updates.interrupt();
    }

    // --- what the bot did

    /** The calls of one method so far. */
    public synchronized List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    /** How many updates are not confirmed. */
    int unconfirmed() {
        return updates.size();
    }

    String webhook() {
        return updates.webhook();
    }

    @Override
    public void close() {
        updates.close();
        server.stop(0);
        threads.close();
    }

    // --- answers

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> parameters = CallParameters.read(exchange);
            String method = path.substring(path.lastIndexOf('/') + 1);
            if (revoked || !path.startsWith("/bot" + SECRET + "/")) {
                write(
                        exchange,
                        401,
                        "application/json",
                        "{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
                return;
            }
            Fault fault = noted(method, parameters);
            switch (fault) {
                case null -> reply(exchange, method, parameters);
                case Fault.Status status -> write(exchange, status.code(), status.type(), status.body());
                case Fault.Cut cut -> {
                    if (cut.after()) {
                        result(method, parameters);
                    }
                }
            }
        }
    }

    private synchronized @Nullable Fault noted(String method, Map<String, String> parameters) {
        calls.add(new Call(method, parameters));
        Deque<Fault> next = faults.get(method);
        return next == null ? null : next.poll();
    }

    private void reply(HttpExchange exchange, String method, Map<String, String> parameters) throws IOException {
        try {
            JsonNode result = result(method, parameters);
            write(
                    exchange,
                    200,
                    "application/json",
                    JSON.createObjectNode()
                            .put("ok", true)
                            .set("result", result)
                            .toString());
        } catch (RefusedCall e) {
            write(
                    exchange,
                    e.code,
                    "application/json",
                    JSON.createObjectNode()
                            .put("ok", false)
                            .put("error_code", e.code)
                            .put("description", e.getMessage())
                            .toString());
        }
    }

    private JsonNode result(String method, Map<String, String> parameters) {
        return switch (method) {
            case "getMe" ->
                JSON.createObjectNode()
                        .put("id", BOT)
                        .put("is_bot", true)
                        .put("first_name", "Talky")
                        .put("username", NAME);
            case "getUpdates" -> updates.get(parameters);
            case "sendMessage" -> messages.sendText(parameters);
            case "sendAnimation" -> messages.sendAnimation(parameters);
            case "editMessageText" -> messages.edit(parameters);
            case "deleteMessage" -> messages.delete(parameters);
            case "getChatAdministrators" -> administrators(Long.parseLong(parameters.getOrDefault("chat_id", "0")));
            case "setWebhook" -> hooked(parameters.getOrDefault("url", ""));
            case "deleteWebhook" -> hooked("");
            case "sendChatAction", "setMyCommands", "answerCallbackQuery" -> JSON.valueToTree(true);
            default -> throw new RefusedCall(404, "Not Found: method " + method);
        };
    }

    private JsonNode hooked(String url) {
        updates.setWebhook(url);
        return JSON.valueToTree(true);
    }

    private static void write(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
