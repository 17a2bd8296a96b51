package dev.confab.skills;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Puts what people said into addresses. */
final class Addresses {
    private Addresses() {}

    /** A part of a path or of a query, in which no character has a meaning. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An address below a base address, which may end with a slash or not. */
    static URI below(URI base, String path) {
        String prefix = base.toString();
        return URI.create((prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + path);
    }
}
