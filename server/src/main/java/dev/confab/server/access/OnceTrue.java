package dev.confab.server.access;

import dev.confab.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Something in the database that stays so once it is so. As long as it is not, the database is asked once a second; while
 * that fails, the last answer holds. Usable from any thread.
 */
final class OnceTrue {
    private static final System.Logger LOG = System.getLogger(OnceTrue.class.getName());
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final BooleanSupplier question;
    private final AtomicLong next;
    private volatile boolean known;

    /**
     * Asks for the first time.
     *
     * @throws StoreException if the database fails
     */
    OnceTrue(BooleanSupplier question) {
        this.question = question;
        known = question.getAsBoolean();
        next = new AtomicLong(System.nanoTime() + INTERVAL);
    }

    boolean get() {
        long due = next.get();
        long now = System.nanoTime();
        // One thread asks; the others need not wait for a database that may be slow.
        if (!known && now - due >= 0 && next.compareAndSet(due, now + INTERVAL)) {
            try {
                known = question.getAsBoolean();
            } catch (StoreException e) {
                LOG.log(System.Logger.Level.DEBUG, "the last answer holds", e);
            }
        }
        return known;
    }
}
