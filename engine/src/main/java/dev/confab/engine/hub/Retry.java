package dev.confab.engine.hub;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tries again what may go better the next time, with growing pauses, and says in the end what was wrong. */
final class Retry {
    private static final System.Logger LOG = System.getLogger(Retry.class.getName());
    private static final int ATTEMPTS = 5;
    private static final int MAX_DOUBLINGS = 4;
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(1);

    private final URI endpoint;
    private final Duration firstPause;
    private final Predicate<IOException> worthwhile;

    private Retry(HubOptions options, Predicate<IOException> worthwhile) {
        this.endpoint = options.endpoint();
        this.firstPause = options.retryPause();
        this.worthwhile = worthwhile;
    }

    /** For the first request: who has no network wants to hear it at once. */
    static Retry ofFirstContact(HubOptions options) {
        return new Retry(
                options,
                failure -> !(failure instanceof ConnectException
                        || failure instanceof HttpTimeoutException
                        || failure instanceof SSLHandshakeException));
    }

    /** For all further requests: a network that worked a moment ago is likely to come back. */
    static Retry ofWork(HubOptions options) {
        return new Retry(options, failure -> true);
    }

    /** Something that may fail for the moment. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    /** How far the attempts have got. */
    @FunctionalInterface
    interface Achieved {
        long bytes() throws IOException;
    }

    /**
     * Runs until an attempt succeeds.
     *
     * @throws UnreachableException after five failures in a row, or one that no retry can mend
     */
    <T> T call(Attempt<T> attempt) throws IOException, InterruptedException {
        return call(attempt, () -> 0L);
    }

    /**
     * Runs until an attempt succeeds, and gives up only where five in a row brought nothing new.
     *
     * @param achieved how far the attempts have got; only what exceeds everything before counts as new
     */
    <T> T call(Attempt<T> attempt, Achieved achieved) throws IOException, InterruptedException {
        long best = 0;
        for (int failures = 1; ; failures++) {
            try {
                return attempt.run();
            } catch (IOException e) {
                throwIfInterrupted(e);
                long now = achieved.bytes();
                if (now > best) {
                    best = now;
                    failures = 1;
                }
                if (failures == ATTEMPTS || !worthwhile.test(e)) {
                    throw unreachable(e, failures);
                }
                LOG.log(Level.DEBUG, "attempt {0} of {1} failed: {2}", failures, ATTEMPTS, reason(e));
                Thread.sleep(pause(failures, e));
            }
        }
    }

    private Duration pause(int failures, IOException failure) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        Duration asked = failure instanceof BusyException busy ? busy.retryAfter() : Duration.ZERO;
        return Collections.max(List.of(pause, Collections.min(List.of(asked, MAX_RETRY_AFTER))));
    }

    private UnreachableException unreachable(IOException failure, int attempts) {
        return new UnreachableException(
                "cannot reach %s: %s%s; to work without network, download the model's files and pass --model FOLDER, or set HF_ENDPOINT to a mirror"
                        .formatted(endpoint, reason(failure), attempts > 1 ? " (" + attempts + " attempts)" : ""),
                failure);
    }

    /** The client reports an interrupted read as an I/O failure, with the flag set or with the cause. */
    private static void throwIfInterrupted(IOException failure) throws InterruptedException {
        if (Thread.interrupted() || failure.getCause() instanceof InterruptedException) {
            throw new InterruptedException();
        }
    }

    /** The innermost message: the outer ones tell only which stream or connection it passed on its way. */
    private static String reason(Throwable failure) {
        String reason = failure instanceof ConnectException ? "connection refused" : "connection lost";
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return "unknown host";
            }
            if (cause instanceof HttpTimeoutException) {
                return "timed out";
            }
            reason = cause.getMessage() == null ? reason : cause.getMessage();
        }
        return reason;
    }
}
