package dev.confab.ui.http;

import dev.confab.ui.call.Identifiers;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Who is logged in: random tokens in a cookie that no script can read. Tokens are forgotten when the server stops. */
final class Logins {
    private static final int MAX_TOKENS = 10_000;
    private static final int MAX_ADDRESSES = 10_000;
    private static final int MAX_FAILURES = 10;
    private static final int MAX_NAME_LENGTH = 256;
    private static final Duration VALID = Duration.ofDays(14);
    private static final Duration FAILURES_COUNT = Duration.ofMinutes(1);

    private final PageDefinition.Access access;
    private final String cookieName;
    private final Map<String, Login> tokens = newest(MAX_TOKENS);
    private final Map<String, Failures> failures = newest(MAX_ADDRESSES);

    private record Login(String user, long at) {}

    private record Failures(int count, long since) {}

    Logins(PageDefinition.Access access, String appId) {
        this.access = access;
        this.cookieName = "access-token-" + appId.substring(0, 8);
    }

    private static <V> Map<String, V> newest(int capacity) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > capacity;
            }
        };
    }

    boolean isNeeded() {
        return access.check() != null;
    }

    /** Who asks; null if nobody has to log in, or this one did not. */
    @Nullable
    String user(Context context) {
        String token = context.cookie(cookieName);
        if (!isNeeded() || token == null) {
            return null;
        }
        synchronized (tokens) {
            Login login = tokens.get(token);
            return login != null && System.nanoTime() - login.at() < VALID.toNanos() ? login.user() : null;
        }
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
        var check = access.check();
        String user = context.formParam("username");
        String password = context.formParam("password");
        if (check == null || user == null || password == null) {
            throw new BadRequestException(
                    check == null ? "nobody has to log in here" : "username and password are needed");
        }
        if (user.length() > MAX_NAME_LENGTH) {
            throw new BadRequestException("the username has more than " + MAX_NAME_LENGTH + " characters");
        }
        // by name too: behind a proxy, all users have one address
        String address = context.ip() + " " + user;
        if (failures(address).count() >= MAX_FAILURES) {
            Json.sendError(context, HttpStatus.TOO_MANY_REQUESTS, "Too many wrong passwords; wait a minute.");
        } else if (check.test(user.strip(), password)) {
            String token = Identifiers.next();
            synchronized (tokens) {
                tokens.put(token, new Login(user.strip(), System.nanoTime()));
            }
            context.cookie(cookie(token, Math.toIntExact(VALID.toSeconds()), Origins.isSecure(context)));
            Json.send(context, Json.object().put("success", true));
        } else {
            addFailure(address);
            Json.sendError(context, HttpStatus.UNAUTHORIZED, "Incorrect credentials.");
        }
    }

    void logout(Context context) {
        String token = context.cookie(cookieName);
        synchronized (tokens) {
            tokens.remove(token);
        }
        context.cookie(cookie("", 0, Origins.isSecure(context)));
        Json.send(context, Json.object().put("success", true));
    }

    private Cookie cookie(String value, int seconds, boolean secure) {
        return new Cookie(cookieName, value, "/", seconds, secure, true, null, SameSite.LAX);
    }

    private Failures failures(String address) {
        synchronized (failures) {
            Failures known = failures.get(address);
            long now = System.nanoTime();
            return known != null && now - known.since() < FAILURES_COUNT.toNanos() ? known : new Failures(0, now);
        }
    }

    private void addFailure(String address) {
        synchronized (failures) {
            Failures known = failures(address);
            failures.put(address, new Failures(known.count() + 1, known.since()));
        }
    }
}
