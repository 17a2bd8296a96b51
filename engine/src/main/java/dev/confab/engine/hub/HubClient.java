package dev.confab.engine.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the hub what there is, and for it. */
final class HubClient implements AutoCloseable {
    private static final int MAX_LISTING_BYTES = 64 << 20;

    private final HubOptions options;
    private final Connections connections;

    HubClient(HubOptions options) {
        this.options = options;
        this.connections = new Connections(options);
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
            HttpResponse<InputStream> response = connections.get(address, 0);
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
        HttpResponse<InputStream> response = connections.get(address(file.name(), file.commit(), file.file()), offset);
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
        connections.close();
    }

    /**
     * Follows redirects until size and checksum are known. The first answer tells both of a large file, before it
     * redirects to where that file lies.
     */
    private RemoteFile describe(URI address, Refusal refusal) throws IOException, InterruptedException {
        Optional<String> etag = Optional.empty();
        Optional<String> size = Optional.empty();
        HttpResponse<?> response = connections.head(address);
        for (int hops = 1; ; hops++) {
            HttpHeaders headers = response.headers();
            requireCommit(headers, refusal);
            etag = firstOf(headers.firstValue("X-Linked-Etag"), etag);
            size = firstOf(headers.firstValue("X-Linked-Size"), size);
            boolean last = !Connections.isRedirect(response);
            if (last) {
                requireStatus(response, refusal, response.statusCode() == 200);
                etag = firstOf(etag, headers.firstValue("ETag"));
                size = firstOf(size, headers.firstValue("Content-Length"));
            }
            if (last || (etag.isPresent() && size.isPresent())) {
                return described(address, refusal, etag.orElse(""), size.orElse(""));
            }
            response = connections.head(Connections.target(response, hops));
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
            return JsonMapper.shared().readTree(json);
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
