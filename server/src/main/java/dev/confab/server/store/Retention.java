package dev.confab.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Deletes for good what is no longer to be kept: conversations that their owners have deleted, once they can no longer be
 * restored, and, if asked for, those in which nothing was said for some days; and counts that are too old. May be used by several threads and replicas
 * at the same time.
 */
public final class Retention {
    private static final System.Logger LOG = System.getLogger(Retention.class.getName());

    private final Database database;
    private final @Nullable Duration timeToLive;
    private final InstantSource clock;

    /**
     * Of an open database.
     *
     * @param timeToLive how long a conversation is kept after its last message; null for ever
     */
    public Retention(Database database, @Nullable Duration timeToLive) {
        this(database, timeToLive, InstantSource.system());
    }

    Retention(Database database, @Nullable Duration timeToLive, InstantSource clock) {
        if (timeToLive != null && !timeToLive.isPositive()) {
            throw new IllegalArgumentException("conversations are kept for " + timeToLive + ", expected more than 0");
        }
        this.database = database;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /** Cleaning that goes on. */
    public interface Cleaning extends AutoCloseable {
        /** Ends it, after what is being deleted. */
        @Override
        void close();
    }

    /** Deletes what is due, and returns how many conversations those were. */
    public int clean() {
        int deleted = database.write(handle -> {
            Tallies.removeOld(handle, clock.instant());
            return removeDeleted(handle, clock.instant());
        });
        Duration kept = timeToLive;
        if (kept != null) {
            deleted +=
                    database.write(handle -> handle.createUpdate("delete from conversations where updated_at < :oldest")
                            .bind("oldest", Microseconds.of(clock.instant().minus(kept)))
                            .execute());
        }
        if (deleted > 0) {
            database.purge();
        }
        return deleted;
    }

    /** Removes for good what was deleted too long ago to be restored. */
    static int removeDeleted(Handle handle, Instant now) {
        return handle.createUpdate("delete from conversations where deleted_at < :oldest")
                .bind("oldest", Microseconds.of(now.minus(DatabaseConversationStore.RESTORABLE)))
                .execute();
    }

    /**
     * Cleans now and once an hour until it is closed; what fails is logged and tried again.
     *
     * @return to be closed before the database is
     */
    public Cleaning start() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("confab-retention").factory());
        Future<?> cleaning = timer.scheduleWithFixedDelay(this::cleanOrLog, 0, 1, TimeUnit.HOURS);
        return () -> {
            cleaning.cancel(false);
            timer.close();
        };
    }

    private void cleanOrLog() {
        try {
            int deleted = clean();
            if (deleted > 0) {
                LOG.log(System.Logger.Level.INFO, "deleted {0} conversations for good", deleted);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "old conversations could not be deleted: " + e.getMessage());
        }
    }
}
