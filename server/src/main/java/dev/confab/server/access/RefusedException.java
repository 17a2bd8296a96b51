package dev.confab.server.access;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import java.time.Duration;

/** A request that is not served now, and why. */
public final class RefusedException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The client has asked too often. */
        RATE,
        /** The client has too many replies under way. */
        CONCURRENCY,
        /** The server has too much to do. */
        OVERLOAD,
        /** The model is not loaded yet. */
        LOADING,
        /** The server is being stopped. */
        SHUTDOWN
    }

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration WHILE = Duration.ofSeconds(10);

    private final Reason reason;
    private final Duration retryAfter;

    RefusedException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    /** A request that the server cannot serve as it is being stopped. */
    public static RefusedException stopping() {
        return new RefusedException(Reason.SHUTDOWN, "the server is being stopped; try again in a moment", MOMENT);
    }

    /** A request that has waited for the model in vain. */
    public static RefusedException loading() {
        return new RefusedException(Reason.LOADING, "the model is still being loaded; try again in a while", WHILE);
    }

    /** Why it was refused. */
    public Reason reason() {
        return reason;
    }

    /** When it may be worth another try. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether it is the client that asks for too much, not the server that can do too little. */
    public boolean clientsFault() {
        return reason == Reason.RATE || reason == Reason.CONCURRENCY;
    }
}
