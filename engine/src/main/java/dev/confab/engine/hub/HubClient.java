package dev.confab.engine.hub;

import com.github.mizosoft.methanol.Methanol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks with the hub over HTTP.
 *
 * <p>Redirects are followed here and not by the client, so that the access token goes to the endpoint alone: large
 * files come from other hosts, by addresses that are signed already.
 */
final class HubClient implements AutoCloseable {
    private static final int MAX_REDIRECTS = 8;
    private static final int MAX_LISTING_BYTES = 64 << 20;

    private final HubOptions options;
    private final HttpClient connections;
    private final Methanol http;

    HubClient(HubOptions options) {
        this.options = options;
        // HTTP/1.1 gives every file a connection of its own; HTTP/2 would squeeze all through one window.
        this.connections = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(options.timeout())
                .build();
        this.http = Methanol.newBuilder(connections)
                .userAgent("confab")
                .autoAcceptEncoding(false)
                .headersTimeout(options.timeout())
                .readTimeout(options.timeout())
                .build();
    }

    /**
     * A repository as of one commit.
     *
     * @param commit its hash
     * @param files their names
     */
    record Listing(String commit, Set<String> files) {}

    /** Looks up which commit a revision is and which files it has. */
    Listing list(ModelName name, Revision revision) throws IOException, InterruptedException {
        URI address = address("/api/models/" + name + "/revision/" + encode(revision.value()));
        var refusal = new Refusal(name, revision.value(), "");
        byte[] json = Retry.ofFirstContact(options).call(() -> {
            HttpResponse<InputStream> response = follow(address, 0);
            try (InputStream body = response.body()) {
                requireStatus(response, refusal, response.statusCode() == 200);
                return body.readNBytes(MAX_LISTING_BYTES + 1);
            }
        });
        return listing(address, json);
    }

    /** Asks for a file's size and checksum. */
    RemoteFile describe(ModelName name, String commit, String file) throws IOException, InterruptedException {
        URI address = address(name, commit, file);
        var refusal = new Refusal(name, commit, file);
        return retry().call(() -> describe(address, refusal));
    }

    /**
     * Asks for a file from a byte on, once: the caller tries again.
     *
     * @return an open answer with status 200 (all of the file), 206 (from that byte on) or 416 (no such byte); the
     *     caller closes its body
     */
    HttpResponse<InputStream> open(RemoteFile file, long offset) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = follow(address(file.name(), file.commit(), file.file()), offset);
        int status = response.statusCode();
        boolean usable = status == 200 || (offset > 0 && (status == 206 || status == 416));
        try {
            requireStatus(response, new Refusal(file.name(), file.commit(), file.file()), usable);
        } catch (IOException | HubException e) {
            response.body().close();
            throw e;
        }
        return response;
    }

    /** How this client's caller tries again. */
    Retry retry() {
        return Retry.ofWork(options);
    }

    /** Ends all connections, those in use included. */
    @Override
    public void close() {
        connections.shutdownNow();
    }

    /**
     * Follows redirects until size and checksum are known. The first answer tells both of a large file, before it
     * redirects to where that file lies.
     */
    private RemoteFile describe(URI address, Refusal refusal) throws IOException, InterruptedException {
        Optional<String> etag = Optional.empty();
        Optional<String> size = Optional.empty();
        URI hop = address;
        for (int hops = 0; ; hops++) {
            HttpResponse<InputStream> response = send("HEAD", hop, 0);
            response.body().close();
            HttpHeaders headers = response.headers();
            requireCommit(headers, refusal);
            etag = firstOf(headers.firstValue("X-Linked-Etag"), etag);
            size = firstOf(headers.firstValue("X-Linked-Size"), size);
            if (!isRedirect(response)) {
                requireStatus(response, refusal, response.statusCode() == 200);
                etag = firstOf(etag, headers.firstValue("ETag"));
                size = firstOf(size, headers.firstValue("Content-Length"));
                return described(address, refusal, etag.orElse(""), size.orElse(""));
            }
            if (etag.isPresent() && size.isPresent()) {
                return described(address, refusal, etag.get(), size.get());
            }
            hop = next(hop, response, hops);
        }
    }

    private static Optional<String> firstOf(Optional<String> first, Optional<String> second) {
        return first.isPresent() ? first : second;
    }

    private static RemoteFile described(URI address, Refusal refusal, String etag, String size) {
        if (etag.isEmpty() || !size.matches("\\d{1,18}")) {
            throw notAHub(address, "ETag '" + etag + "', size '" + size + "'", null);
        }
        String checksum = etag.replaceFirst("^W/", "").replace("\"", "");
        return new RemoteFile(refusal.name(), refusal.revision(), refusal.file(), checksum, Long.parseLong(size));
    }

    private HttpResponse<InputStream> follow(URI address, long offset) throws IOException, InterruptedException {
        URI hop = address;
        for (int hops = 0; ; hops++) {
            HttpResponse<InputStream> response = send("GET", hop, offset);
            if (!isRedirect(response)) {
                return response;
            }
            response.body().close();
            hop = next(hop, response, hops);
        }
    }

    private HttpResponse<InputStream> send(String method, URI address, long offset)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Accept-Encoding", "identity");
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        if (options.token() != null && isEndpoint(address)) {
            request.header("Authorization", "Bearer " + options.token());
        }
        return http.send(request.build(), BodyHandlers.ofInputStream());
    }

    private URI next(URI from, HttpResponse<?> response, int hops) throws IOException {
        String location = response.headers().firstValue("Location").orElse("");
        try {
            URI target = from.resolve(location);
            boolean safe = "https".equalsIgnoreCase(target.getScheme())
                    || ("http".equalsIgnoreCase(target.getScheme()) && "http".equalsIgnoreCase(from.getScheme()));
            if (!location.isEmpty() && safe && target.getHost() != null && hops < MAX_REDIRECTS) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(from.getHost() + " redirects to an address that cannot be read", e);
        }
        throw new IOException(
                from.getHost() + " redirects " + (hops < MAX_REDIRECTS ? "to no web address" : "in a circle"));
    }

    private boolean isEndpoint(URI address) {
        URI endpoint = options.endpoint();
        return endpoint.getScheme().equalsIgnoreCase(address.getScheme())
                && endpoint.getHost().equalsIgnoreCase(address.getHost())
                && port(endpoint) == port(address);
    }

    private static int port(URI address) {
        int standard = "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? standard : address.getPort();
    }

    private static boolean isRedirect(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private void requireStatus(HttpResponse<?> response, Refusal refusal, boolean usable) throws IOException {
        int status = response.statusCode();
        if (status == 429 || status >= 500) {
            throw new BusyException(response.uri().getHost(), status, retryAfter(response.headers()));
        }
        if (!usable) {
            throw refusal.of(response, options);
        }
    }

    /** The header may hold a date as well, which is as good as nothing here. */
    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private static void requireCommit(HttpHeaders headers, Refusal refusal) {
        String commit = headers.firstValue("X-Repo-Commit").orElse(refusal.revision());
        if (!commit.equals(refusal.revision())) {
            throw new HubException("the hub answered for commit %s of '%s', expected %s"
                    .formatted(commit, refusal.name(), refusal.revision()));
        }
    }

    private static Listing listing(URI address, byte[] json) {
        JsonNode answer = parse(address, json);
        String commit = answer.path("sha").asString("");
        if (!Revision.isCommit(commit)) {
            throw notAHub(address, "'sha' is '" + commit + "', expected a commit's 40 hexadecimal digits", null);
        }
        var files = new LinkedHashSet<String>();
        for (JsonNode sibling : answer.path("siblings")) {
            files.add(sibling.path("rfilename").asString(""));
        }
        return new Listing(commit, files);
    }

    private static JsonNode parse(URI address, byte[] json) {
        if (json.length > MAX_LISTING_BYTES) {
            throw notAHub(address, "more than " + MAX_LISTING_BYTES + " bytes", null);
        }
        try {
            return new JsonMapper().readTree(json);
        } catch (JacksonException e) {
            throw notAHub(address, "no JSON", e);
        }
    }

    private static HubException notAHub(URI address, String found, @Nullable Exception cause) {
        return new HubException(
                "%s did not answer as a hub does (%s); is HF_ENDPOINT a Hugging Face hub or a mirror of one?"
                        .formatted(address, found),
                cause);
    }

    private URI address(ModelName name, String commit, String file) {
        return address("/" + name + "/resolve/" + commit + "/" + encode(file));
    }

    private URI address(String path) {
        return URI.create(options.endpoint() + path);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
