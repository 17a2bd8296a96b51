package dev.confab.server.openai;

import dev.confab.server.ServerOptions;
import dev.confab.server.access.KeyRing;
import io.javalin.http.Context;
import java.util.Optional;

/** Tells who asks: by an API key where there are keys, else by the address. Usable from any thread. */
public final class Clients {
    private static final String BEARER = "Bearer ";
    /** The attribute of a request that names its client once that is known. */
    private static final String CLIENT = "confab.client";

    private final ServerOptions options;

    /** By the keys of the options. */
    public Clients(ServerOptions options) {
        this.options = options;
    }

    /** The client's address, or what a trusted proxy says it is. */
    public String address(Context context) {
        String forwarded = options.trustsProxy() ? context.header("X-Forwarded-For") : null;
        if (forwarded == null || forwarded.isBlank()) {
            return context.req().getRemoteAddr();
        }
        // The last entry is the one that the proxy itself has added.
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }

    /** Whether the client may see the metrics. */
    public boolean mayWatch(Context context) {
        return !needsKey() || keyName(context).isPresent();
    }

    private boolean needsKey() {
        return options.apiKeys().filter(KeyRing::needed).isPresent();
    }

    /** The name of the client's key if it has proved one for this request, else its address. */
    public String name(Context context) {
        String proved = context.attribute(CLIENT);
        return proved == null ? address(context) : proved;
    }

    private Optional<String> keyName(Context context) {
        String header = context.header("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return Optional.empty();
        }
        String key = header.substring(BEARER.length()).strip();
        Optional<String> name =
                options.apiKeys().flatMap(keys -> keys.nameOf(key)).map(known -> "key:" + known);
        name.ifPresent(known -> context.attribute(CLIENT, known));
        return name;
    }

    /**
     * The name of the client's key, or its address where no keys are needed.
     *
     * @throws dev.confab.engine.error.ConfabException if a key is needed and none or a wrong one was given
     */
    public String require(Context context) {
        if (!needsKey()) {
            return address(context);
        }
        if (context.header("Authorization") == null) {
            throw ApiException.of(
                    401,
                    "invalid_request_error",
                    "an API key is needed: send it in the header 'Authorization: Bearer KEY'",
                    "invalid_api_key");
        }
        return keyName(context)
                .orElseThrow(() -> ApiException.of(
                        401, "invalid_request_error", "the API key is unknown here", "invalid_api_key"));
    }
}
