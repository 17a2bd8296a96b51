package dev.confab.engine.tensor;

import dev.confab.engine.tensor.Operations.Into;

/** The arguments of a product {@code C[m, n] = A[m, k] B[k, n]}, of which B may be stored transposed. Mutable. */
final class GemmTerms {
    int m;
    int n;
    int k;
    float[] a = {};
    int aOffset;
    int aStride;
    float[] b = {};
    int bOffset;
    int bStride;
    boolean bIsTransposed;
    float[] c = {};
    int cOffset;
    int cStride;
    Into into = Into.REPLACE;

    /**
     * Sets all of them.
     *
     * @throws IllegalArgumentException if a matrix leaves its array
     */
    void set(
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            boolean bIsTransposed,
            float[] c,
            int cOffset,
            int cStride,
            Into into) {
        require("A", a, aOffset, aStride, m, k);
        require("B", b, bOffset, bStride, bIsTransposed ? n : k, bIsTransposed ? k : n);
        require("C", c, cOffset, cStride, m, n);
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = a;
        this.aOffset = aOffset;
        this.aStride = aStride;
        this.b = b;
        this.bOffset = bOffset;
        this.bStride = bStride;
        this.bIsTransposed = bIsTransposed;
        this.c = c;
        this.cOffset = cOffset;
        this.cStride = cStride;
        this.into = into;
    }

    static void require(String name, float[] data, int offset, int stride, int rows, int columns) {
        long end = offset + (rows - 1L) * stride + columns;
        if (offset < 0 || columns > stride || (rows > 0 && end > data.length)) {
            throw new IllegalArgumentException("matrix " + name + " [" + rows + ", " + columns + "] at " + offset
                    + " with rows of " + stride + " leaves its array of " + data.length);
        }
    }
}
