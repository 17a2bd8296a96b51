package dev.confab.telegram;

import com.google.gson.JsonParseException;
import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.utility.BotUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Takes updates that Telegram brings. An update is kept before Telegram is told that it has come. */
final class WebhookServer implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());
    private static final String SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token";
    private static final int LONGEST_UPDATE = 1 << 20;

    private final byte[] secret;
    private final Inbox inbox;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    WebhookServer(WebhookOptions options, Inbox inbox) {
        this.inbox = inbox;
        secret = options.secret().getBytes(StandardCharsets.UTF_8);
        try {
            server = HttpServer.create(options.listen(), 0);
        } catch (IOException e) {
            throw new ConfabException(
                    "the webhook cannot listen at " + options.listen() + ": " + e.getMessage() + "; is the port taken?",
                    e);
        }
        server.createContext(options.path(), this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** Where it listens. */
    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return 405;
        }
        String shown = exchange.getRequestHeaders().getFirst(SECRET_HEADER);
        if (shown == null || !MessageDigest.isEqual(secret, shown.getBytes(StandardCharsets.UTF_8))) {
            return 401;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_UPDATE + 1);
        if (body.length > LONGEST_UPDATE) {
            return 413;
        }
        try {
            Update update = BotUtils.parseUpdate(new String(body, StandardCharsets.UTF_8));
            if (update == null || update.updateId() == null) {
                return 400;
            }
            return inbox.take(List.of(update)) ? 200 : 503;
        } catch (JsonParseException e) {
            return 400;
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "an update cannot be taken in; Telegram will bring it again", e);
            return 500;
        }
    }
}
