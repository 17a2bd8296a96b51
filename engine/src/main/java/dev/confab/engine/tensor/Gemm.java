package dev.confab.engine.tensor;

import dev.confab.engine.tensor.Operations.Into;

/**
 * General products of float matrices, which a backward pass is made of: {@code C = A B}, {@code C = A B^T} and
 * {@code C = A^T B}, or the same added to C. A matrix is an array, the index of its first element and the distance from
 * one row to the next.
 *
 * <p>Every element is summed in the order of the inner dimension, so results do not depend on the number of workers.
 *
 * <p>{@link #shared} is for one thread at a time, which must not be one of the pool's tasks; those use
 * {@link #worker(int)}, each with its own number. Nothing is allocated once scratch memory has grown to the largest
 * transposed A.
 */
public final class Gemm {
    private final GemmOnWorkers shared;
    private final GemmOnOneThread[] workers;

    Gemm(PanelKernels kernels, WorkerPool pool) {
        workers = new GemmOnOneThread[pool.workers()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new GemmOnOneThread(kernels);
        }
        shared = new GemmOnWorkers(kernels, pool, workers);
    }

    /** Products that all workers of the pool share. */
    public Products shared() {
        return shared;
    }

    /** Products on the calling thread alone, for use inside a task. */
    public Products worker(int worker) {
        return workers[worker];
    }

    /** The three products of a linear layer: forward, for its input's gradient, for its weights' gradient. */
    public interface Products {
        /** {@code C[m, n] = A[m, k] B[k, n]}, or added to it. */
        void multiply(
                int m,
                int n,
                int k,
                float[] a,
                int aOffset,
                int aStride,
                float[] b,
                int bOffset,
                int bStride,
                float[] c,
                int cOffset,
                int cStride,
                Into into);

        /** {@code C[m, n] = A[m, k] B[n, k]^T}, or added to it. */
        void multiplyByTransposed(
                int m,
                int n,
                int k,
                float[] a,
                int aOffset,
                int aStride,
                float[] b,
                int bOffset,
                int bStride,
                float[] c,
                int cOffset,
                int cStride,
                Into into);

        /** {@code C[m, n] = A[k, m]^T B[k, n]}, or added to it. */
        void multiplyTransposed(
                int m,
                int n,
                int k,
                float[] a,
                int aOffset,
                int aStride,
                float[] b,
                int bOffset,
                int bStride,
                float[] c,
                int cOffset,
                int cStride,
                Into into);
    }
}
