package dev.confab.server.access;

import dev.confab.server.access.RefusedException.Reason;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets requests in as far as the limits allow, and knows which are under way. Usable from any thread. */
public final class Gate {
    private static final int CLIENTS_REMEMBERED = 10_000;
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final TrafficLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<String, Integer> underWay = new LinkedHashMap<>();
    private final Map<String, Bucket> rates = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > CLIENTS_REMEMBERED;
        }
    };
    private int inAll;
    private boolean closing;
    private volatile boolean cancelled;

    /** A gate through which nobody has come yet. */
    public Gate(TrafficLimits limits) {
        this.limits = limits;
    }

    /** A request's stay; to be closed when it has been served. */
    public final class Pass implements AutoCloseable {
        private final String client;
        private boolean closed;

        private Pass(String client) {
            this.client = client;
        }

        /** Whether the server's time is up and the request must end with what there is. */
        public boolean cancelled() {
            return cancelled;
        }

        @Override
        public void close() {
            leave(this);
        }
    }

    /**
     * Counts a request towards its client's rate.
     *
     * @param client the name of its key, or its address
     * @throws RefusedException if there were too many
     */
    public void countRequest(String client) {
        Bucket bucket;
        lock.lock();
        try {
            bucket = rates.computeIfAbsent(client, _ -> newBucket());
        } finally {
            lock.unlock();
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            long seconds = 1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill());
            throw new RefusedException(
                    Reason.RATE,
                    "more than " + limits.requestsPerMinute() + " requests in a minute; try again in " + seconds + " s",
                    Duration.ofSeconds(seconds));
        }
    }

    private Bucket newBucket() {
        int requests = limits.requestsPerMinute();
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, Duration.ofMinutes(1)))
                .build();
    }

    /**
     * Lets a request in that will be replied to.
     *
     * @param client the name of its key, or its address
     * @throws RefusedException if too many are under way, or the server is being stopped
     */
    public Pass enter(String client) {
        lock.lock();
        try {
            int own = underWay.getOrDefault(client, 0);
            if (closing) {
                throw RefusedException.stopping();
            }
            if (own >= limits.requestsAtOnce()) {
                throw new RefusedException(
                        Reason.CONCURRENCY,
                        own + " replies to this client are under way, which is as many as may; wait for one to end",
                        MOMENT);
            }
            if (inAll >= limits.requestsInAll()) {
                throw new RefusedException(
                        Reason.OVERLOAD,
                        "the server is busy with " + inAll + " requests; try again in a moment",
                        MOMENT);
            }
            underWay.put(client, own + 1);
            inAll++;
            return new Pass(client);
        } finally {
            lock.unlock();
        }
    }

    private void leave(Pass pass) {
        lock.lock();
        try {
            if (!pass.closed) {
                pass.closed = true;
                inAll--;
                underWay.computeIfPresent(pass.client, (_, count) -> count == 1 ? null : count - 1);
                left.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many requests are being replied to, or wait for it. */
    public int underWay() {
        lock.lock();
        try {
            return inAll;
        } finally {
            lock.unlock();
        }
    }

    /** Whether requests are let in at all. */
    public boolean isOpen() {
        lock.lock();
        try {
            return !closing;
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more, and waits until all have left; those who stay beyond the time are told to end. */
    public void close() {
        lock.lock();
        try {
            closing = true;
            awaitEmpty(limits.shutdownTime());
            cancelled = true;
            awaitEmpty(MOMENT);
        } finally {
            lock.unlock();
        }
    }

    private void awaitEmpty(Duration time) {
        long nanos = time.toNanos();
        try {
            while (inAll > 0 && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
