package dev.confab.telegram;

import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rate limits, one for each of many keys. Those that were used least lately are forgotten, which does no harm: by then they
 * are full again. Usable from any thread.
 */
final class Buckets {
    private static final int MOST = 10_000;

    private final int capacity;
    private final Duration refill;
    private final Map<Long, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Bucket> eldest) {
            return size() > MOST;
        }
    };

    /**
     * Rate limits.
     *
     * @param capacity how many may come at once
     * @param refill the time in which as many come again
     */
    Buckets(int capacity, Duration refill) {
        this.capacity = capacity;
        this.refill = refill;
    }

    /** The limit for a key. */
    synchronized Bucket of(long key) {
        return buckets.computeIfAbsent(key, _ -> bucket(capacity, refill));
    }

    /** One limit alone. */
    static Bucket bucket(int capacity, Duration refill) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, refill))
                .build();
    }
}
