package dev.confab.ui.http;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which sites' pages may use the server from a browser. A page of its own origin may; with logins, other origins only if
 * they are allowed by name; on this machine, only pages that come from this machine, so that no site can reach into it.
 */
final class Origins {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "0.0.0.0");

    private final List<String> allowed;
    private final boolean open;

    /**
     * A rule.
     *
     * @param allowed origins such as {@code https://example.org}
     * @param open whether other origins may use a server that is not on this machine
     */
    Origins(List<String> allowed, boolean open) {
        this.allowed = allowed;
        this.open = open;
    }

    /**
     * Answers preflight requests, refuses what may not be, and lets browsers show the answer of what may.
     *
     * @return whether the request is still to be answered
     */
    boolean check(Context context) {
        String origin = context.header("Origin");
        if (origin == null) {
            return true;
        }
        if (!isAllowed(origin, context)) {
            Json.sendError(context, HttpStatus.FORBIDDEN, "pages of " + origin + " may not use this server");
            context.skipRemainingHandlers();
            return false;
        }
        context.header("Access-Control-Allow-Origin", origin)
                .header("Access-Control-Allow-Credentials", "true")
                .header("Vary", "Origin");
        if (context.req().getMethod().equals("OPTIONS")) {
            String wanted = context.header("Access-Control-Request-Headers");
            context.header("Access-Control-Allow-Methods", "GET, POST, DELETE, PATCH, PUT")
                    .header("Access-Control-Allow-Headers", wanted == null ? "content-type" : wanted)
                    .header("Access-Control-Max-Age", "600")
                    .status(HttpStatus.NO_CONTENT);
            context.skipRemainingHandlers();
            return false;
        }
        return true;
    }

    /** Whether a request comes from this server's own page, from a site that is allowed by name, or from a program. */
    boolean isTrusted(Context context) {
        String origin = context.header("Origin");
        return origin == null || origin.equals(of(context)) || allowed.contains(origin);
    }

    private boolean isAllowed(String origin, Context context) {
        if (origin.equals(of(context)) || allowed.contains(origin)) {
            return true;
        }
        String host = hostOf(origin);
        if (host == null) {
            return false;
        }
        return LOCAL.contains(hostOf(of(context))) ? LOCAL.contains(host) : open;
    }

    private static @Nullable String hostOf(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? null : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The origin that the client knows the server by. */
    static String of(Context context) {
        String host = context.header("X-Forwarded-Host");
        return (isSecure(context) ? "https://" : "http://") + (host == null ? context.host() : host);
    }

    static boolean isSecure(Context context) {
        String scheme = context.header("X-Forwarded-Proto");
        return (scheme == null ? context.scheme() : scheme).equals("https");
    }
}
