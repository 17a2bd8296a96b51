package dev.confab.ui.http;

import dev.confab.ui.account.Accounts;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Logs users in and out: a browser holds a secret in a cookie that no script can read. Usable from any thread. */
final class Logins {
    private static final int MAX_NAME_LENGTH = 256;
    /** How long browsers keep the cookie; the accounts say how long a login lasts. */
    private static final Duration KEPT = Duration.ofDays(14);

    private final PageDefinition.Access access;
    private final boolean mayBeEmbedded;
    private final Locales locales;
    private final Guesses guesses = new Guesses(System::nanoTime);

    Logins(PageDefinition page, Locales locales) {
        access = page.access();
        mayBeEmbedded = !page.network().embedders().isEmpty();
        this.locales = locales;
    }

    private Accounts accounts() {
        return access.accounts();
    }

    private String cookieName() {
        return "access-token-" + accounts().id();
    }

    boolean isNeeded() {
        return accounts().needed();
    }

    /** Who asks; null if nobody has to log in, or this one did not. */
    @Nullable
    String user(Context context) {
        String secret = context.cookie(cookieName());
        return secret == null || !isNeeded() ? null : accounts().user(secret).orElse(null);
    }

    /** The answer to whoever did not log in. */
    void refuse(Context context) {
        ObjectNode answer = Json.object();
        answer.putObject("detail").put("error", "Not authenticated").put("auth_message", access.message());
        context.status(HttpStatus.UNAUTHORIZED);
        Json.send(context, answer);
        context.skipRemainingHandlers();
    }

    void login(Context context) {
        String user = context.formParam("username");
        String password = context.formParam("password");
        if (!isNeeded() || user == null || password == null) {
            throw new BadRequestException(
                    isNeeded() ? "username and password are needed" : "nobody has to log in here");
        }
        if (user.length() > MAX_NAME_LENGTH) {
            throw new BadRequestException("the username has more than " + MAX_NAME_LENGTH + " characters");
        }
        String name = user.strip();
        Duration wait = guesses.take(context.ip(), name);
        if (!wait.isZero()) {
            context.header("Retry-After", String.valueOf(wait.toSeconds() + 1));
            answer(context, HttpStatus.TOO_MANY_REQUESTS, "tooManyPasswords");
            return;
        }
        Optional<String> secret = accounts().logIn(name, password);
        if (secret.isPresent()) {
            guesses.right(context.ip(), name);
            keep(context, secret.get());
            Json.send(context, Json.object().put("success", true));
        } else {
            answer(context, HttpStatus.UNAUTHORIZED, "wrongPassword");
        }
    }

    private void answer(Context context, HttpStatus status, String text) {
        Json.sendError(context, status, locales.text(locales.choose(context), text));
    }

    void logout(Context context) {
        if ("cross-site".equals(context.header("Sec-Fetch-Site"))) {
            throw new ForbiddenResponse("other sites may not log users out");
        }
        String secret = context.cookie(cookieName());
        if (secret != null) {
            accounts().logOut(secret);
        }
        Cookies.clear(context, cookieName());
        Json.send(context, Json.object().put("success", true));
    }

    /** A page within one of another site says so when it logs in; where none may be, it is not believed. */
    private void keep(Context context, String secret) {
        if (mayBeEmbedded && context.formParam("embedded") != null) {
            Cookies.setEmbedded(context, cookieName(), secret, KEPT);
        } else {
            Cookies.set(context, cookieName(), secret, KEPT);
        }
    }
}
