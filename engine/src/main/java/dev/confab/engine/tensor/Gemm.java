package dev.confab.engine.tensor;

import dev.confab.engine.tensor.Operations.Into;
import java.util.Arrays;
import java.util.List;

/**
 * General products of float matrices, which a backward pass is made of: {@code C = A B}, {@code C = A B^T} and
 * {@code C = A^T B}, or the same added to C. A matrix is an array, the index of its first element and the distance from
 * one row to the next.
 *
 * <p>The engine's own kernel sets sum every element in the order of the inner dimension, so their results do not depend on
 * the number of workers. Other sets say for themselves what order they keep.
 *
 * <p>{@link #shared} is for one thread at a time, which must not be one of the pool's tasks; those use
 * {@link #worker(int)}, each with its own number. Nothing is allocated once scratch memory has grown to the largest
 * transposed A.
 */
public final class Gemm {
    private final Products shared;
    private final List<? extends Products> workers;

    /**
     * Products of a kernel set.
     *
     * @param shared what {@link #shared} returns
     * @param workers what {@link #worker} returns, for each worker of the pool
     */
    public Gemm(Products shared, List<? extends Products> workers) {
        this.shared = shared;
        this.workers = List.copyOf(workers);
    }

    static Gemm onPanels(PanelKernels kernels, WorkerPool pool) {
        var workers = new GemmOnOneThread[pool.workers()];
        Arrays.setAll(workers, i -> new GemmOnOneThread(kernels));
        return new Gemm(new GemmOnWorkers(kernels, pool, workers), List.of(workers));
    }

    /** Products that all workers of the pool share. */
    public Products shared() {
        return shared;
    }

    /** Products on the calling thread alone, for use inside a task. */
    public Products worker(int worker) {
        return workers.get(worker);
    }

    /**
     * Checks that a matrix lies in its array, which sets that compute in native code cannot leave to Java.
     *
     * @param name what a message calls the matrix
     * @param offset the index of its first element
     * @param stride from one row to the next
     * @throws IllegalArgumentException if it does not
     */
    public static void requireInside(String name, float[] data, int offset, int stride, int rows, int columns) {
        long end = offset + (rows - 1L) * stride + columns;
        if (offset < 0 || rows < 0 || columns < 0 || columns > stride || (rows > 0 && end > data.length)) {
            throw new IllegalArgumentException("matrix " + name + " [" + rows + ", " + columns + "] at " + offset
                    + " with rows of " + stride + " leaves its array of " + data.length);
        }
    }

    /** The three products of a linear layer: forward, for its input's gradient, for its weights' gradient. */
    public interface Products {
        /** {@code C[m, n] = A[m, k] B[k, n]}, or added to it. */
        default void multiply(
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
                Into into) {
            compute(false, false, m, n, k, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride, into);
        }

        /** {@code C[m, n] = A[m, k] B[n, k]^T}, or added to it. */
        default void multiplyByTransposed(
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
                Into into) {
            compute(false, true, m, n, k, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride, into);
        }

        /** {@code C[m, n] = A[k, m]^T B[k, n]}, or added to it. */
        default void multiplyTransposed(
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
                Into into) {
            compute(true, false, m, n, k, a, aOffset, aStride, b, bOffset, bStride, c, cOffset, cStride, into);
        }

        /**
         * What the three have in common, for who implements them.
         *
         * @param aIsTransposed whether A is stored as {@code [k, m]} instead of {@code [m, k]}
         * @param bIsTransposed whether B is stored as {@code [n, k]} instead of {@code [k, n]}
         * @throws IllegalArgumentException if a matrix leaves its array
         */
        void compute(
                boolean aIsTransposed,
                boolean bIsTransposed,
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
