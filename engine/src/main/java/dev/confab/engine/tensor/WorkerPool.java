package dev.confab.engine.tensor;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The engine's own threads, which share one task after another.
 *
 * <p>A forward pass calls some hundred kernels for each token, a few microseconds each, so handing out work must cost
 * less than one: workers spin for a moment before they park, and nothing is allocated. Each worker owns a contiguous
 * part of the task, because memory is read fastest in long sequential streams, and takes it from the front in chunks;
 * who is done steals chunks from the end of another's part, so that a worker that the operating system has put aside
 * holds nobody up.
 *
 * <p>The calling thread is worker 0. Calls from several threads wait for each other.
 */
public final class WorkerPool implements AutoCloseable {
    /** Work that can be cut into pieces. */
    @FunctionalInterface
    public interface Task {
        /**
         * Does the items {@code [from, to)}.
         *
         * @param worker the number of the thread that runs this, for scratch memory of its own
         */
        void run(int from, int to, int worker);
    }

    private static final int CHUNKS_PER_WORKER = 8;
    private static final int SPINS_BEFORE_PARKING = 1 << 14;
    /** Distance between two workers' slots, in longs: two cache lines, as neighbours are fetched in pairs. */
    private static final int SPACING = 16;

    private static final int RUN_BITS = 16;
    private static final int CHUNK_BITS = 24;
    private static final long CHUNK_MASK = (1L << CHUNK_BITS) - 1;
    private static final long RUN_MASK = (1L << RUN_BITS) - 1;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    private final Thread[] threads;
    private final ReentrantLock turn = new ReentrantLock();
    /** For each worker {@code run << 48 | next << 24 | end}: the chunks of its part that nobody has taken yet. */
    private final long[] parts;
    /** For each worker 1 while it is parked. */
    private final long[] parked;
    /** [0] the number of the current run, [SPACING] chunks of it that are done. */
    private final long[] progress = new long[2 * SPACING];

    private @Nullable Task task;
    private int items;
    private int chunks;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    /**
     * Starts the threads.
     *
     * @param workers how many threads share a task, the caller among them; at least 1
     */
    public WorkerPool(int workers) {
        if (workers < 1 || workers > 1024) {
            throw new IllegalArgumentException("workers: " + workers + " is outside 1 to 1024");
        }
        threads = new Thread[workers - 1];
        parts = new long[workers * SPACING];
        parked = new long[workers * SPACING];
        for (int i = 0; i < threads.length; i++) {
            int worker = i + 1;
            threads[i] =
                    Thread.ofPlatform().daemon().name("confab-worker-" + worker).start(() -> serve(worker));
        }
    }

    /** How many threads share a task. */
    public int workers() {
        return threads.length + 1;
    }

    /**
     * Does {@code task} for all items and returns when the last is done. An exception of the task is thrown here, after
     * the others have finished.
     */
    public void run(int items, Task task) {
        if (items <= 0) {
            return;
        }
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the worker pool is closed");
            }
            if (threads.length == 0) {
                task.run(0, items, 0);
                return;
            }
            start(items, task);
            takeAll((long) SLOT.getOpaque(progress, 0), 0);
            while ((long) SLOT.getAcquire(progress, SPACING) != chunks) {
                Thread.onSpinWait();
            }
            rethrowFailure();
        } finally {
            turn.unlock();
        }
    }

    private void start(int items, Task task) {
        int workers = workers();
        this.task = task;
        this.items = items;
        chunks = Math.min(items, workers * CHUNKS_PER_WORKER);
        SLOT.setOpaque(progress, SPACING, 0L);
        long run = (long) SLOT.getOpaque(progress, 0) + 1;
        for (int worker = 0; worker < workers; worker++) {
            long next = (long) chunks * worker / workers;
            long end = (long) chunks * (worker + 1) / workers;
            SLOT.setRelease(parts, worker * SPACING, pack(run, next, end));
        }
        SLOT.setVolatile(progress, 0, run);
        for (int worker = 1; worker < workers; worker++) {
            if ((long) SLOT.getVolatile(parked, worker * SPACING) != 0) {
                LockSupport.unpark(threads[worker - 1]);
            }
        }
    }

    private void serve(int worker) {
        long seen = 0;
        while (true) {
            long run = awaitRunAfter(seen, worker);
            if (closed) {
                return;
            }
            takeAll(run, worker);
            seen = run;
        }
    }

    private long awaitRunAfter(long seen, int worker) {
        long run;
        int spins = 0;
        while ((run = (long) SLOT.getAcquire(progress, 0)) == seen && !closed) {
            if (spins++ < SPINS_BEFORE_PARKING) {
                Thread.onSpinWait();
            } else {
                SLOT.setVolatile(parked, worker * SPACING, 1L);
                if ((long) SLOT.getVolatile(progress, 0) == seen && !closed) {
                    LockSupport.park(this);
                }
                SLOT.setVolatile(parked, worker * SPACING, 0L);
            }
        }
        return run;
    }

    /** Does the chunks of the own part from the front, then those of the others from the end. */
    private void takeAll(long run, int worker) {
        int chunk;
        while ((chunk = takeFirst(run, worker)) >= 0) {
            runChunk(chunk, worker);
        }
        int workers = workers();
        for (int i = 1; i < workers; i++) {
            int other = worker + i < workers ? worker + i : worker + i - workers;
            while ((chunk = takeLast(run, other)) >= 0) {
                runChunk(chunk, worker);
            }
        }
    }

    private void runChunk(int chunk, int worker) {
        try {
            Task current = task;
            if (current != null) {
                current.run(boundary(chunk), boundary(chunk + 1), worker);
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            SLOT.getAndAdd(progress, SPACING, 1L);
        }
    }

    private int boundary(int chunk) {
        return (int) ((long) items * chunk / chunks);
    }

    private int takeFirst(long run, int worker) {
        while (true) {
            long part = (long) SLOT.getAcquire(parts, worker * SPACING);
            if (!hasChunkOf(run, part)) {
                return -1;
            }
            if (SLOT.compareAndSet(parts, worker * SPACING, part, pack(run, next(part) + 1, end(part)))) {
                return (int) next(part);
            }
        }
    }

    private int takeLast(long run, int worker) {
        while (true) {
            long part = (long) SLOT.getAcquire(parts, worker * SPACING);
            if (!hasChunkOf(run, part)) {
                return -1;
            }
            if (SLOT.compareAndSet(parts, worker * SPACING, part, pack(run, next(part), end(part) - 1))) {
                return (int) end(part) - 1;
            }
        }
    }

    /**
     * Whether a chunk of this very run is left. A worker that wakes up late sees another run's number and takes nothing;
     * one that takes a chunk thereby keeps the run, and with it {@link #task}, from ending.
     */
    private static boolean hasChunkOf(long run, long part) {
        return (part >>> (2 * CHUNK_BITS)) == (run & RUN_MASK) && next(part) < end(part);
    }

    private static long pack(long run, long next, long end) {
        return ((run & RUN_MASK) << (2 * CHUNK_BITS)) | (next << CHUNK_BITS) | end;
    }

    private static long next(long part) {
        return (part >>> CHUNK_BITS) & CHUNK_MASK;
    }

    private static long end(long part) {
        return part & CHUNK_MASK;
    }

    private void rethrowFailure() {
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            switch (thrown) {
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(thrown);
            }
        }
    }

    /** Ends the threads, after the task that is running. */
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            for (Thread thread : threads) {
                LockSupport.unpark(thread);
            }
        } finally {
            turn.unlock();
        }
    }
}
