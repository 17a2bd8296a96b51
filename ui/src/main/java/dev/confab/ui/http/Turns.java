package dev.confab.ui.http;

import dev.confab.ui.call.Endpoint;
import dev.confab.ui.conversation.ConversationStore;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The turns that are kept: those of requests that say where they belong and come from whom they may come. */
final class Turns {
    /** How much of a reply is lost at most when the process is killed. */
    private static final Duration KEPT_EVERY = Duration.ofSeconds(3);

    private final @Nullable ConversationStore store;
    private final Owners owners;
    private final Requests requests;
    private final Set<TurnRecorder> running = ConcurrentHashMap.newKeySet();
    private long keptAt = System.nanoTime();

    /** Turns for a store; without one none is kept. */
    Turns(@Nullable ConversationStore store, Owners owners, Requests requests) {
        this.store = store;
        this.owners = owners;
        this.requests = requests;
    }

    /** A recorder for the turn that a request begins; null if it is not kept. */
    @Nullable
    TurnRecorder recorder(Context context, Endpoint endpoint, ObjectNode body) {
        JsonNode place = body.path("conversation");
        if (store == null || !place.isObject() || !requests.isTrusted(context)) {
            return null;
        }
        return new TurnRecorder(store, owners.of(context), place, endpoint.visibleInputs(), body.path("data"), running);
    }

    /**
     * Keeps what there is of the replies that are coming. For the thread that cleans up.
     *
     * @param now the time by {@link System#nanoTime}
     */
    void keepProgress(long now) {
        if (now - keptAt > KEPT_EVERY.toNanos()) {
            keptAt = now;
            running.forEach(TurnRecorder::progressed);
        }
    }
}
