package dev.confab.ui.http;

import dev.confab.ui.call.Identifiers;
import io.javalin.http.Context;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whose conversations a request is about: those of the user who is logged in, or of the browser, which a random name in a
 * cookie tells apart from others. No script can read the cookie, and other sites' requests come without it.
 */
final class Owners {
    private static final String COOKIE = "confab-browser";
    /** The longest that browsers keep a cookie. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final Logins logins;

    Owners(Logins logins) {
        this.logins = logins;
    }

    /** The owner; a browser without a name gets one with the answer. */
    String of(Context context) {
        String user = logins.user(context);
        if (user != null) {
            return "user:" + user;
        }
        String known = browser(context);
        return "browser:" + (known == null ? name(context) : known);
    }

    /**
     * Names the browser, or says that its name is still used, so that it keeps it. Within a page of another site it has a
     * name of its own for that site: browsers send no other cookies there.
     */
    void greet(Context context) {
        if (logins.isNeeded()) {
            return;
        }
        String known = browser(context);
        String name = known == null ? Identifiers.next() : known;
        if ("cross-site".equals(context.header("Sec-Fetch-Site"))
                && "iframe".equals(context.header("Sec-Fetch-Dest"))) {
            Cookies.setEmbedded(context, COOKIE, name, KEPT);
        } else {
            Cookies.set(context, COOKIE, name, KEPT);
        }
    }

    private static @Nullable String browser(Context context) {
        String name = context.cookie(COOKIE);
        return name != null && name.matches("[0-9a-f]{32}") ? name : null;
    }

    private static String name(Context context) {
        String name = Identifiers.next();
        Cookies.set(context, COOKIE, name, KEPT);
        return name;
    }
}
