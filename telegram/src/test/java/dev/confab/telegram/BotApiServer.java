package dev.confab.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Behaves as Telegram's Bot API does, with people who write what a test wants: updates that are given out again until they
 * are confirmed, messages that can be edited, and all the ways in which it refuses or fails.
 */
final class BotApiServer implements AutoCloseable {
    static final long BOT = 110201543;
    static final String NAME = "TalkyTestBot";
    static final String SECRET = BOT + ":AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TreeMap<Integer, JsonNode> pending = new TreeMap<>();
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Map<Integer, Message> messages = new LinkedHashMap<>();
    private final Set<Long> blockedBy = new HashSet<>();
    private int nextUpdate = 1000;
    private int nextMessage = 1;
    private int pollers;
    private String webhook = "";
    private boolean closed;
    private @Nullable ReplyAction replyAction;

    private record ReplyAction(int number, Runnable action) {}

    /** A call that was made: the method, and what came with it. */
    record Call(String method, Map<String, String> parameters) {
        long chat() {
            return Long.parseLong(parameters.getOrDefault("chat_id", "0"));
        }

        String text() {
            return parameters.getOrDefault("text", "");
        }
    }

    /** A message of the bot's. */
    record Message(int id, long chat, String text, List<String> history) {}

    /** What comes instead of an answer. */
    sealed interface Fault {
        /** An answer with a status. */
        record Status(int code, String type, String body) implements Fault {}

        /** The connection is cut, before or after the call has taken effect. */
        record Cut(boolean after) implements Fault {}

        static Fault tooMany(int seconds) {
            return error(
                    429,
                    "Too Many Requests: retry after " + seconds,
                    ",\"parameters\":{\"retry_after\":" + seconds + "}");
        }

        static Fault error(int code, String description) {
            return error(code, description, "");
        }

        static Fault badGateway() {
            return new Status(502, "text/html", "<html><body>502 Bad Gateway</body></html>");
        }

        private static Fault error(int code, String description, String more) {
            return new Status(
                    code,
                    "application/json",
                    "{\"ok\":false,\"error_code\":" + code + ",\"description\":\"" + description + "\"" + more + "}");
        }
    }

    BotApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next calls of a method fail in these ways, one after the other. */
    synchronized void fail(String method, Fault... next) {
        faults.computeIfAbsent(method, _ -> new ArrayDeque<>()).addAll(List.of(next));
    }

    /** Does something at the moment when the bot's messages have become so many, before the bot hears of the last one. */
    synchronized void onReply(int number, Runnable action) {
        replyAction = new ReplyAction(number, action);
    }

    /** Somebody deletes a message of the bot's. */
    synchronized void remove(int message) {
        messages.remove(message);
    }

    /** Somebody blocks the bot. */
    synchronized void block(long chat) {
        blockedBy.add(chat);
    }

    synchronized void unblock(long chat) {
        blockedBy.remove(chat);
    }

    /** A person writes to the bot in private; returns the number of the message. */
    int says(long person, String text) {
        return message(privately(person).put("text", text));
    }

    /** The bones of a private message. */
    ObjectNode privately(long person) {
        ObjectNode message =
                JSON.createObjectNode().put("message_id", nextMessage()).put("date", 1_790_000_000);
        message.putObject("chat").put("id", person).put("type", "private").put("first_name", "Ada");
        message.putObject("from").put("id", person).put("is_bot", false).put("first_name", "Ada");
        return message;
    }

    /** The bones of a message in a group. */
    ObjectNode inGroup(long group, long person) {
        ObjectNode message = privately(person);
        message.putObject("chat").put("id", group).put("type", "supergroup").put("title", "Friends");
        return message;
    }

    /** Somebody sends a message; returns its number. */
    int message(ObjectNode message) {
        update("message", message);
        return message.path("message_id").intValue();
    }

    /** Somebody changes a message. */
    void edits(long person, int message, String text) {
        update(
                "edited_message",
                privately(person)
                        .put("message_id", message)
                        .put("edit_date", 1_790_000_001)
                        .put("text", text));
    }

    /** Somebody presses a button below a message of the bot's. */
    void presses(long person, int message, String data) {
        ObjectNode query = JSON.createObjectNode()
                .put("id", "q" + message)
                .put("data", data)
                .put("chat_instance", "1");
        query.putObject("from").put("id", person).put("is_bot", false).put("first_name", "Ada");
        query.set("message", privately(person).put("message_id", message).put("text", "?"));
        update("callback_query", query);
    }

    /** Something happens; returns the number of the update. */
    synchronized int update(String kind, ObjectNode content) {
        int id = nextUpdate++;
        pending.put(id, JSON.createObjectNode().put("update_id", id).set(kind, content));
        notifyAll();
        return id;
    }

    /** An update as Telegram would bring it to a webhook. */
    static String json(int id, String kind, ObjectNode content) {
        return JSON.createObjectNode().put("update_id", id).set(kind, content).toString();
    }

    synchronized int nextMessage() {
        return nextMessage++;
    }

    /** All calls so far but those for updates. */
    synchronized List<Call> calls() {
        return calls.stream()
                .filter(call -> !call.method().equals("getUpdates"))
                .toList();
    }

    /** The calls of one method so far. */
    synchronized List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    /** What the bot's messages in a chat say now, the oldest first. */
    synchronized List<String> texts(long chat) {
        return messages.values().stream()
                .filter(message -> message.chat() == chat)
                .map(Message::text)
                .toList();
    }

    /** The bot's messages in a chat. */
    synchronized List<Message> messages(long chat) {
        return messages.values().stream()
                .filter(message -> message.chat() == chat)
                .toList();
    }

    /** How many updates are not confirmed. */
    synchronized int unconfirmed() {
        return pending.size();
    }

    synchronized String webhook() {
        return webhook;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> parameters = parameters(exchange);
            String method = path.substring(path.lastIndexOf('/') + 1);
            if (!path.startsWith("/bot" + SECRET + "/")) {
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
        notifyAll();
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
        } catch (Refused e) {
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
            case "getUpdates" -> updates(parameters);
            case "sendMessage" -> sent(parameters, parameters.getOrDefault("text", ""), 4096);
            case "sendAnimation" -> sent(parameters, parameters.getOrDefault("caption", ""), 1024);
            case "editMessageText" -> edited(parameters);
            case "deleteMessage" -> deleted(parameters);
            case "setWebhook" -> hooked(parameters.getOrDefault("url", ""));
            case "deleteWebhook" -> hooked("");
            case "sendChatAction", "setMyCommands", "answerCallbackQuery" -> JSON.valueToTree(true);
            default -> throw new Refused(404, "Not Found: method " + method);
        };
    }

    /** Updates below the offset are confirmed and gone; the others are given out, again and again. */
    private synchronized JsonNode updates(Map<String, String> parameters) {
        if (!webhook.isEmpty()) {
            throw new Refused(409, "Conflict: can't use getUpdates method while webhook is active");
        }
        int offset = Integer.parseInt(parameters.getOrDefault("offset", "0"));
        long end = System.nanoTime() + 1_000_000_000L * Integer.parseInt(parameters.getOrDefault("timeout", "0"));
        pending.headMap(offset).clear();
        int poller = ++pollers;
        notifyAll();
        while (pending.isEmpty() && System.nanoTime() < end && !closed && poller == pollers) {
            try {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException _) {
                break;
            }
        }
        if (poller != pollers) {
            throw new Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running");
        }
        var given = JSON.createArrayNode();
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "100"));
        pending.values().stream().limit(limit).forEach(given::add);
        return given;
    }

    private synchronized JsonNode sent(Map<String, String> parameters, String text, int longest) {
        long chat = Long.parseLong(parameters.getOrDefault("chat_id", "0"));
        if (blockedBy.contains(chat)) {
            throw new Refused(403, "Forbidden: bot was blocked by the user");
        }
        check(text, longest);
        int id = nextMessage++;
        messages.put(id, new Message(id, chat, text, List.of()));
        notifyAll();
        if (replyAction != null && messages.size() >= replyAction.number()) {
            replyAction.action().run();
            replyAction = null;
        }
        return JSON.createObjectNode()
                .put("message_id", id)
                .put("date", 1_790_000_000)
                .put("text", text);
    }

    private synchronized JsonNode edited(Map<String, String> parameters) {
        Message message = messages.get(Integer.parseInt(parameters.getOrDefault("message_id", "0")));
        String text = parameters.getOrDefault("text", "");
        if (message == null) {
            throw new Refused(400, "Bad Request: message to edit not found");
        }
        check(text, 4096);
        if (message.text().equals(text) && !parameters.containsKey("reply_markup")) {
            throw new Refused(400, "Bad Request: message is not modified: specified new message content is the same");
        }
        List<String> history = new ArrayList<>(message.history());
        history.add(message.text());
        messages.put(message.id(), new Message(message.id(), message.chat(), text, history));
        return JSON.createObjectNode().put("message_id", message.id()).put("text", text);
    }

    private synchronized JsonNode deleted(Map<String, String> parameters) {
        messages.remove(Integer.parseInt(parameters.getOrDefault("message_id", "0")));
        return JSON.valueToTree(true);
    }

    private synchronized JsonNode hooked(String url) {
        webhook = url;
        return JSON.valueToTree(true);
    }

    private static void check(String text, int longest) {
        if (text.isBlank()) {
            throw new Refused(400, "Bad Request: message text is empty");
        }
        if (text.length() > longest) {
            throw new Refused(400, "Bad Request: message is too long");
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type != null && type.startsWith("multipart/") ? parts(body, type) : form(body);
    }

    private static Map<String, String> form(String body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static Map<String, String> parts(String body, String type) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String boundary = type.substring(type.indexOf("boundary=") + "boundary=".length());
        for (String part : body.split("--" + boundary, -1)) {
            int name = part.indexOf("name=\"");
            int content = part.indexOf("\r\n\r\n");
            if (name > 0 && content > 0) {
                parameters.put(
                        part.substring(name + 6, part.indexOf('"', name + 6)),
                        part.substring(content + 4, part.length() - 2));
            }
        }
        return parameters;
    }

    private static void write(HttpExchange exchange, int code, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Telegram says no. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int code;

        Refused(int code, String description) {
            super(description);
            this.code = code;
        }
    }
}
