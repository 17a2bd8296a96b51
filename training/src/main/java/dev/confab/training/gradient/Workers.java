package dev.confab.training.gradient;

import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WorkerPool;

/** The kernels and threads that a pass computes with. For one thread at a time; closing it ends the threads. */
public final class Workers implements AutoCloseable {
    private final WorkerPool pool;
    private final Gemm gemm;
    private final RowKernels rows;

    /**
     * Starts threads.
     *
     * @param threads how many, the caller among them; at least 1
     */
    public Workers(Kernels kernels, int threads) {
        pool = new WorkerPool(threads);
        gemm = kernels.gemm(pool);
        rows = kernels.rows();
    }

    /** The threads. */
    public WorkerPool pool() {
        return pool;
    }

    /** Matrix products. */
    public Gemm gemm() {
        return gemm;
    }

    /** Loops over rows. */
    public RowKernels rows() {
        return rows;
    }

    @Override
    public void close() {
        pool.close();
    }
}
