package dev.confab.ui.http;

import dev.confab.ui.call.Calls;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.call.Session;
import dev.confab.ui.call.Sessions;
import dev.confab.ui.component.FileStore;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the routes of calls share: who asks, for which function. */
final class Requests {
    private static final int MAX_HASH_LENGTH = 128;

    private final PageDefinition page;
    private final Sessions sessions;
    private final Calls calls;
    private final FileStore files;
    private final Logins logins;
    private final Duration heartbeat;
    private final CountDownLatch closed = new CountDownLatch(1);

    Requests(PageDefinition page, Sessions sessions, Calls calls, FileStore files, Logins logins, Duration heartbeat) {
        this.page = page;
        this.sessions = sessions;
        this.calls = calls;
        this.files = files;
        this.logins = logins;
        this.heartbeat = heartbeat;
    }

    Calls calls() {
        return calls;
    }

    FileStore files() {
        return files;
    }

    /** Whether the page is a chat. */
    boolean isChat() {
        return page.kind() == PageDefinition.Kind.CHAT;
    }

    /** Whether a request comes from the page itself, a site that is allowed by name, or a program. */
    boolean isTrusted(Context context) {
        return new Origins(page.network().allowedOrigins(), false).isTrusted(context);
    }

    /** The address that the client knows the page by, without a slash at the end. */
    String root(Context context) {
        return Origins.of(context) + page.network().rootPath();
    }

    /** A message with the addresses of files in it. */
    JsonNode withAddresses(Context context, JsonNode message) {
        return page.endpoint().returnsFiles() ? FileAddresses.fill(message, root(context)) : message;
    }

    /** The same as text. */
    String text(Context context, JsonNode message) {
        return withAddresses(context, message).toString();
    }

    /** Waits; true if the server stops. */
    boolean awaitClose(Duration time) throws InterruptedException {
        return closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How long a stream is silent at most: a reader that is gone is noticed when something is written. */
    Duration heartbeat() {
        return heartbeat;
    }

    /** Ends what would go on for ever. */
    void close() {
        closed.countDown();
    }

    /** The session that a client names in its request, one of its own if it names none. */
    Session session(Context context, JsonNode hash) {
        String user = logins.user(context);
        if (!hash.isString() || hash.stringValue().isEmpty()) {
            return sessions.single(user, context.ip());
        }
        return session(context, hash.stringValue());
    }

    Session session(Context context, String hash) {
        if (hash.isEmpty() || hash.length() > MAX_HASH_LENGTH) {
            throw new BadRequestException(
                    "session_hash has " + hash.length() + " characters, expected 1 to " + MAX_HASH_LENGTH);
        }
        return sessions.get(logins.user(context), context.ip(), hash);
    }

    /** The function with the name that the path ends with. */
    Endpoint named(Context context) {
        String name = context.pathParam("name");
        if (!name.equals(page.endpoint().name())) {
            throw new NotFoundResponse("there is no function /" + name + ", there is /"
                    + page.endpoint().name());
        }
        return page.endpoint();
    }

    /** The function with the number that the body names. */
    Endpoint numbered(ObjectNode body) {
        JsonNode index = body.path("fn_index");
        if (!index.isInt() || index.intValue() != page.endpoint().id()) {
            throw new BadRequestException(
                    "fn_index is " + index + ", expected " + page.endpoint().id());
        }
        return page.endpoint();
    }
}
