package dev.confab.engine.hub;

import com.github.mizosoft.methanol.Methanol;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Sends requests to the endpoint and to the hosts that it redirects to.
 *
 * <p>Redirects are followed here and not by the client, so that the access token goes to the endpoint alone: large
 * files come from other hosts, by addresses that are signed already.
 */
final class Connections implements AutoCloseable {
    private static final int MAX_REDIRECTS = 8;

    private final HubOptions options;
    private final HttpClient client;
    private final Methanol http;

    Connections(HubOptions options) {
        this.options = options;
        // HTTP/1.1 gives every file a connection of its own; HTTP/2 would squeeze all through one window.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(options.proxies())
                .connectTimeout(options.timeout())
                .build();
        this.http = Methanol.newBuilder(client)
                .userAgent("confab")
                .autoAcceptEncoding(false)
                .headersTimeout(options.timeout())
                .readTimeout(options.timeout())
                .build();
    }

    /** Gets what is at the address from a byte on, or wherever that redirects to. The caller closes the body. */
    HttpResponse<InputStream> get(URI address, long offset) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("GET", address, offset);
        for (int hops = 1; isRedirect(response); hops++) {
            response.body().close();
            response = send("GET", target(response, hops), offset);
        }
        return response;
    }

    /** Gets the headers at the address itself. */
    HttpResponse<InputStream> head(URI address) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = send("HEAD", address, 0);
        response.body().close();
        return response;
    }

    static boolean isRedirect(HttpResponse<?> response) {
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    /**
     * Where a redirect leads.
     *
     * @param hops how many there have been, this one included
     * @throws HubException where that is no web address, gives up encryption, or the way has no end
     */
    static URI target(HttpResponse<?> redirect, int hops) {
        if (hops > MAX_REDIRECTS) {
            throw new HubException("%s redirects more than %d times; is HF_ENDPOINT right?"
                    .formatted(redirect.uri().getHost(), MAX_REDIRECTS));
        }
        return target(redirect.uri(), redirect.headers().firstValue("Location").orElse(""));
    }

    /** Where a location leads as seen from an address. It stays out of messages, for it may hold a signature. */
    static URI target(URI from, String location) {
        try {
            URI target = from.resolve(location);
            boolean encrypted = "https".equalsIgnoreCase(target.getScheme());
            boolean asBefore = from.getScheme().equalsIgnoreCase(target.getScheme());
            if (!location.isEmpty() && target.getHost() != null && (encrypted || asBefore)) {
                return target;
            }
        } catch (IllegalArgumentException e) {
            throw new HubException("%s redirects to an address that cannot be read".formatted(from.getHost()));
        }
        throw new HubException("%s redirects to no address that %s may lead to; is HF_ENDPOINT right?"
                .formatted(from.getHost(), from.getScheme()));
    }

    /** Ends all connections, those in use included. */
    @Override
    public void close() {
        client.shutdownNow();
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
}
