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

    void setSizes(int m, int n, int k) {
        this.m = m;
        this.n = n;
        this.k = k;
    }

    void setA(float[] a, int offset, int stride) {
        require("A", a, offset, stride, m, k);
        this.a = a;
        aOffset = offset;
        aStride = stride;
    }

    void setB(float[] b, int offset, int stride, boolean isTransposed) {
        require("B", b, offset, stride, isTransposed ? n : k, isTransposed ? k : n);
        this.b = b;
        bOffset = offset;
        bStride = stride;
        bIsTransposed = isTransposed;
    }

    void setC(float[] c, int offset, int stride, Into into) {
        require("C", c, offset, stride, m, n);
        this.c = c;
        cOffset = offset;
        cStride = stride;
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
