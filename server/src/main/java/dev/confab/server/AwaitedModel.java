package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.generation.SessionPool;
import dev.confab.server.access.RefusedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a server answers with. It is perhaps still being loaded when the first people come; what they ask waits for it.
 * Usable from any thread.
 */
public final class AwaitedModel {
    private final CompletableFuture<Loaded> loaded = new CompletableFuture<>();
    private final Duration patience;

    /**
     * A model that is not there yet.
     *
     * @param patience how long a request waits for it at most
     */
    AwaitedModel(Duration patience) {
        this.patience = patience;
    }

    /**
     * A model that is there.
     *
     * @param bot who answers
     * @param sessions what it remembers of the API's requests
     * @param turns how it reads conversations
     */
    public record Loaded(Chatbot bot, SessionPool sessions, TurnTokens turns) {}

    /** The model is there. */
    void arrive(Loaded model) {
        loaded.complete(model);
    }

    /** The model will not come any more, if it is not there. */
    void giveUp() {
        loaded.completeExceptionally(RefusedException.stopping());
    }

    /** Whether nobody needs to wait any more. */
    boolean isThere() {
        return loaded.isDone() && !loaded.isCompletedExceptionally();
    }

    /** The model; empty if it is not there. */
    Optional<Loaded> now() {
        return isThere() ? Optional.of(loaded.join()) : Optional.empty();
    }

    /**
     * The model, as soon as it is there.
     *
     * @throws RefusedException if it takes too long, or the server is being stopped, or the thread is interrupted
     */
    public Loaded await() {
        try {
            return loaded.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw RefusedException.loading();
        } catch (ExecutionException e) {
            throw RefusedException.stopping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RefusedException.loading();
        }
    }
}
