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
        /** The server is being stopped. */
        SHUTDOWN
    }

    private final Reason reason;
    private final Duration retryAfter;

    RefusedException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
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
