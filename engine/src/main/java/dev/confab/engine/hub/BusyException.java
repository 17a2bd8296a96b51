package dev.confab.engine.hub;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;

/** The server answered that it cannot answer now: too many requests, or a fault of its own. */
final class BusyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    /** Keeps how long the server wants to be left alone; zero where it did not say. */
    BusyException(String host, int status, Duration retryAfter) {
        super(host + " answered with HTTP status " + status
                + (status == 429 ? " (too many requests; with an access token, HF_TOKEN, more are allowed)" : ""));
        this.retryAfter = retryAfter;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
