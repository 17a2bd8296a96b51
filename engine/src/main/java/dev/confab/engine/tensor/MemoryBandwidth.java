package dev.confab.engine.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Measures how fast this machine's cores read memory together: the limit of generating for one person, where every
 * weight is read once for each token. Holds memory of its own; one thread at a time.
 */
public final class MemoryBandwidth implements AutoCloseable {
    /** Far more than caches hold. */
    private static final long BYTES = 256L << 20;

    /** One item of work. */
    private static final int PIECE = 1 << 18;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate(BYTES, 64);
    private final Kernels kernels;
    private final WorkerPool pool;
    private final long[] sums;

    /** Reads with these kernels and workers. */
    public MemoryBandwidth(Kernels kernels, WorkerPool pool) {
        this.kernels = kernels;
        this.pool = pool;
        sums = new long[pool.workers()];
    }

    /** Reads the memory once, and returns the bytes read per second. */
    public double measure() {
        long start = System.nanoTime();
        pool.run(
                (int) (BYTES / PIECE),
                (from, to, worker) -> sums[worker] += kernels.read(memory, (long) from * PIECE, (long) to * PIECE));
        return BYTES * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        arena.close();
    }
}
