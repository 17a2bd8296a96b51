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
        Gemm.requireInside("A", a, aOffset, aStride, m, k);
        Gemm.requireInside("B", b, bOffset, bStride, bIsTransposed ? n : k, bIsTransposed ? k : n);
        Gemm.requireInside("C", c, cOffset, cStride, m, n);
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
}
