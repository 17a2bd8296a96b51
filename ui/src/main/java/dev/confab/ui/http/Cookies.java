package dev.confab.ui.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;

/** Cookies of browsers, which no script can read. Requests that other sites begin come without them. */
final class Cookies {
    private Cookies() {}

    /** For the page itself. */
    static void set(Context context, String name, String value, Duration kept) {
        int seconds = Math.toIntExact(kept.toSeconds());
        context.cookie(new Cookie(name, value, "/", seconds, Origins.isSecure(context), true, null, SameSite.LAX));
    }

    /**
     * For the page within a page of another site, which browsers send no other cookies: they keep one of this kind for each
     * such site by itself, and only over HTTPS or on this machine.
     */
    static void setEmbedded(Context context, String name, String value, Duration kept) {
        context.res()
                .addHeader(
                        "Set-Cookie",
                        name + "=" + value + "; Path=/; Max-Age=" + kept.toSeconds()
                                + "; HttpOnly; Secure; SameSite=None; Partitioned");
    }

    /** Takes a cookie away, whichever kind it is. */
    static void clear(Context context, String name) {
        set(context, name, "", Duration.ZERO);
        setEmbedded(context, name, "", Duration.ZERO);
    }
}
