package dev.confab.engine.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A hub on this machine that answers as huggingface.co does: small files from the endpoint, large ones by a redirect to
 * a second server, and all its ways to fail, on demand.
 */
final class TestHub implements AutoCloseable {
    static final String NAME = "acme/chatty";
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final String SECRET = "hf_thisIsTheSecret";

    /** A request as it arrived. */
    record Request(String server, String method, String path, String range, String authorization, String encoding) {}

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer endpoint = start("endpoint");
    private final HttpServer cdn = start("cdn");
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Set<String> large = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> cuts = new ConcurrentHashMap<>();
    private final Map<String, Integer> corruptions = new ConcurrentHashMap<>();
    private final Map<String, Long> claimedSizes = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> stalls = new ConcurrentHashMap<>();
    private final List<CountDownLatch> latches = new CopyOnWriteArrayList<>();
    private volatile String commit = COMMIT;
    private volatile String hidden = "";
    private volatile String movedTo = "";
    private volatile int refusal = 0;
    private volatile String refusalCode = "";
    private final AtomicInteger busyAnswers = new AtomicInteger();
    private volatile int busyStatus = 503;
    private volatile boolean ignoresRange = false;
    private volatile boolean rangeRefused = false;

    private HttpServer start(String name) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> answer(name, exchange));
            server.setExecutor(threads);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + endpoint.getAddress().getPort());
    }

    HubOptions options(Path cache) {
        return HubOptions.fromEnvironment(Map.of("HF_ENDPOINT", address().toString(), "HF_HUB_CACHE", cache.toString()))
                .withToken(SECRET)
                .withTimeout(Duration.ofSeconds(20))
                .withRetryPause(Duration.ofMillis(1));
    }

    TestHub small(String file, String content) {
        files.put(file, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    TestHub large(String file, byte[] content) {
        files.put(file, content);
        large.add(file);
        return this;
    }

    /** Makes the branch point at another commit. */
    void commit(String hash) {
        commit = hash;
    }

    /** Redirects everything under the model's name to another name, as after a renaming. */
    void moveTo(String name) {
        movedTo = name;
    }

    /** The next answer with this file ends after so many bytes. */
    void cut(String file, int afterBytes) {
        cuts.put(file, afterBytes);
    }

    /** So many answers with this file have a wrong byte. */
    void corrupt(String file, int times) {
        corruptions.put(file, times);
    }

    /** Lists this file and then does not have it. */
    void hide(String file) {
        hidden = file;
    }

    void claimSize(String file, long bytes) {
        claimedSizes.put(file, bytes);
    }

    /** The next answer with this file stops half-way until the latch opens, and then ends. */
    CountDownLatch stall(String file) {
        var latch = new CountDownLatch(1);
        stalls.put(file, latch);
        latches.add(latch);
        return latch;
    }

    void refuse(int status, String errorCode) {
        refusal = status;
        refusalCode = errorCode;
    }

    void beBusy(int status, int times) {
        busyStatus = status;
        busyAnswers.set(times);
    }

    void ignoreRange() {
        ignoresRange = true;
    }

    void refuseRange() {
        rangeRefused = true;
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String method, String file) {
        return requests.stream()
                .filter(request -> request.method.equals(method) && request.path.endsWith("/" + file))
                .toList();
    }

    void forgetRequests() {
        requests.clear();
    }

    byte[] content(String file) {
        return Objects.requireNonNull(files.get(file), file).clone();
    }

    String etag(String file) {
        return large.contains(file) ? sha256(content(file)) : gitSha1(content(file));
    }

    @Override
    public void close() {
        latches.forEach(CountDownLatch::countDown);
        endpoint.stop(0);
        cdn.stop(0);
        threads.close();
    }

    private void answer(String server, HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            String path = exchange.getRequestURI().getRawPath();
            requests.add(new Request(
                    server,
                    exchange.getRequestMethod(),
                    path,
                    String.valueOf(headers.getFirst("Range")),
                    String.valueOf(headers.getFirst("Authorization")),
                    String.valueOf(headers.getFirst("Accept-Encoding"))));
            route(server, path, exchange);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void route(String server, String path, HttpExchange exchange) throws IOException, InterruptedException {
        if (busyAnswers.getAndDecrement() > 0) {
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(busyStatus, -1);
        } else if (server.equals("cdn")) {
            sendContent(path.substring(path.lastIndexOf('/') + 1), exchange);
        } else if (refusal > 0) {
            exchange.getResponseHeaders().set("X-Error-Code", refusalCode);
            exchange.getResponseHeaders().set("X-Error-Message", "the hub's own words");
            exchange.sendResponseHeaders(refusal, -1);
        } else if (!movedTo.isEmpty() && path.contains("/" + NAME + "/")) {
            exchange.getResponseHeaders().set("Location", path.replace("/" + NAME + "/", "/" + movedTo + "/"));
            exchange.sendResponseHeaders(307, -1);
        } else if (path.startsWith("/api/models/")) {
            sendListing(exchange);
        } else {
            sendFile(path.substring(path.lastIndexOf('/') + 1), exchange);
        }
    }

    private void sendListing(HttpExchange exchange) throws IOException {
        String siblings = files.keySet().stream()
                .sorted()
                .map(file -> "{\"rfilename\": \"" + file + "\"}")
                .collect(Collectors.joining(", "));
        byte[] json = "{\"id\": \"%s\", \"sha\": \"%s\", \"siblings\": [%s]}"
                .formatted(NAME, commit, siblings)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
    }

    private void sendFile(String encoded, HttpExchange exchange) throws IOException, InterruptedException {
        String file = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        if (!files.containsKey(file) || hidden.equals(file)) {
            exchange.getResponseHeaders().set("X-Error-Code", "EntryNotFound");
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("X-Repo-Commit", commit);
        if (large.contains(file)) {
            headers.set("X-Linked-ETag", '"' + etag(file) + '"');
            headers.set("X-Linked-Size", String.valueOf(claimedSizes.getOrDefault(file, (long) content(file).length)));
            headers.set("ETag", "\"of-the-redirect\"");
            headers.set(
                    "Location",
                    "http://localhost:%d/signed/%s".formatted(cdn.getAddress().getPort(), file));
            exchange.sendResponseHeaders(302, -1);
        } else if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("ETag", "W/\"" + etag(file) + '"');
            headers.set("Content-Length", String.valueOf(content(file).length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            headers.set("ETag", '"' + etag(file) + '"');
            sendContent(file, exchange);
        }
    }

    private void sendContent(String file, HttpExchange exchange) throws IOException, InterruptedException {
        byte[] content = content(file);
        if (corruptions.merge(file, -1, Integer::sum) >= 0) {
            content[content.length / 2] ^= 1;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        int from = 0;
        if (range != null && rangeRefused) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (range != null && !ignoresRange) {
            from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        byte[] part = Arrays.copyOfRange(content, from, content.length);
        exchange.sendResponseHeaders(range != null && !ignoresRange ? 206 : 200, part.length == 0 ? -1 : part.length);
        send(file, part, exchange.getResponseBody());
    }

    private void send(String file, byte[] part, OutputStream out) throws IOException, InterruptedException {
        Integer cut = cuts.remove(file);
        CountDownLatch stall = stalls.remove(file);
        if (cut != null) {
            out.write(part, 0, cut);
            out.flush();
        } else if (stall != null) {
            out.write(part, 0, part.length / 2);
            out.flush();
            stall.await();
        } else {
            out.write(part);
        }
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(content));
    }

    static String gitSha1(byte[] content) {
        MessageDigest digest = digest("SHA-1");
        digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(digest.digest(content));
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
