package dev.confab.telegram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Behaves as Giphy's API does, or fails as a test wants it. */
final class GiphyServer implements AutoCloseable {
    static final String KEY = "giphykey0123456789";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Mood mood = Mood.WELL;

    enum Mood {
        WELL,
        EMPTY,
        BROKEN,
        NONSENSE,
        SILENT
    }

    GiphyServer() {
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

    void become(Mood next) {
        mood = next;
    }

    /** Path and query of each request so far. */
    List<String> queries() {
        return List.copyOf(queries);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestURI().toString();
            queries.add(request);
            boolean known = request.contains("api_key=" + KEY);
            switch (mood) {
                case WELL -> write(exchange, known ? 200 : 401, known ? found(request) : "{}");
                case EMPTY -> write(exchange, 200, "{\"data\":[],\"meta\":{\"status\":200}}");
                case BROKEN -> write(exchange, 500, "oops");
                case NONSENSE -> write(exchange, 200, "<html>");
                case SILENT -> waitForClose();
            }
        }
    }

    private String found(String request) {
        String gif = "{\"title\":\"cat\",\"images\":{\"fixed_height\":{\"url\":\"" + url() + "/cat.gif\",\"mp4\":\""
                + url() + "/cat.mp4\"}}}";
        return "{\"data\":" + (request.startsWith("/v1/gifs/search") ? "[" + gif + "]" : gif) + "}";
    }

    private void waitForClose() {
        try {
            closed.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
