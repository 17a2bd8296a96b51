package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Matrix products on panels of floats, {@code [input][4 vectors of outputs]}: some rows at a time, four vectors for each
 * row in registers, one broadcast input after the other. How many rows fit depends on the registers: three where there
 * are 16 (AVX2), six where there are 32 (AVX-512, NEON).
 *
 * <p>Every method adds {@code sum over i of x[r][i] * w[i][o]} to {@code y[r][o]}.
 */
final class VectorProducts {
    private static final int MOST_ROWS = VectorShapes.BITS == 256 ? 3 : 6;
    private static final long ROW_BYTES = 16L * LANES;
    private static final long VECTOR_BYTES = 4L * LANES;

    private VectorProducts() {}

    /**
     * Any number of rows.
     *
     * @param w where the panel's first input is at byte {@code wOffset}
     * @param inputs how many inputs
     */
    static void multiply(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            MemorySegment w,
            long wOffset,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int r = 0;
        while (r < rows) {
            int xo = xOffset + r * xStride;
            int yo = yOffset + r * yStride;
            int left = Math.min(rows - r, MOST_ROWS);
            switch (left) {
                case 6 -> rows6(x, xo, xStride, w, wOffset, inputs, y, yo, yStride);
                case 4, 5 -> rows4(x, xo, xStride, w, wOffset, inputs, y, yo, yStride);
                case 3 -> rows3(x, xo, xStride, w, wOffset, inputs, y, yo, yStride);
                case 2 -> rows2(x, xo, xStride, w, wOffset, inputs, y, yo, yStride);
                default -> row(x, xo, w, wOffset, inputs, y, yo);
            }
            r += left == 5 ? 4 : left;
        }
    }

    static void row(float[] x, int xOffset, MemorySegment w, long wOffset, int inputs, float[] y, int yOffset) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, w, at, ORDER);
            a0 = w0.fma(u0, a0);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, w, at + VECTOR_BYTES, ORDER);
            a1 = w1.fma(u0, a1);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, w, at + 2 * VECTOR_BYTES, ORDER);
            a2 = w2.fma(u0, a2);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, w, at + 3 * VECTOR_BYTES, ORDER);
            a3 = w3.fma(u0, a3);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        a2.intoArray(y, yOffset + 2 * LANES);
        a3.intoArray(y, yOffset + 3 * LANES);
    }

    private static void rows2(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int x1 = xOffset + xStride;
        int y1 = yOffset + yStride;
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector b2 = FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, w, at, ORDER);
            a0 = w0.fma(u0, a0);
            b0 = w0.fma(u1, b0);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, w, at + VECTOR_BYTES, ORDER);
            a1 = w1.fma(u0, a1);
            b1 = w1.fma(u1, b1);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, w, at + 2 * VECTOR_BYTES, ORDER);
            a2 = w2.fma(u0, a2);
            b2 = w2.fma(u1, b2);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, w, at + 3 * VECTOR_BYTES, ORDER);
            a3 = w3.fma(u0, a3);
            b3 = w3.fma(u1, b3);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        a2.intoArray(y, yOffset + 2 * LANES);
        a3.intoArray(y, yOffset + 3 * LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        b2.intoArray(y, y1 + 2 * LANES);
        b3.intoArray(y, y1 + 3 * LANES);
    }

    private static void rows3(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int x1 = xOffset + xStride;
        int x2 = x1 + xStride;
        int y1 = yOffset + yStride;
        int y2 = y1 + yStride;
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector b2 = FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES);
        FloatVector c0 = FloatVector.fromArray(FLOATS, y, y2);
        FloatVector c1 = FloatVector.fromArray(FLOATS, y, y2 + LANES);
        FloatVector c2 = FloatVector.fromArray(FLOATS, y, y2 + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(FLOATS, y, y2 + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
            FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, w, at, ORDER);
            a0 = w0.fma(u0, a0);
            b0 = w0.fma(u1, b0);
            c0 = w0.fma(u2, c0);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, w, at + VECTOR_BYTES, ORDER);
            a1 = w1.fma(u0, a1);
            b1 = w1.fma(u1, b1);
            c1 = w1.fma(u2, c1);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, w, at + 2 * VECTOR_BYTES, ORDER);
            a2 = w2.fma(u0, a2);
            b2 = w2.fma(u1, b2);
            c2 = w2.fma(u2, c2);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, w, at + 3 * VECTOR_BYTES, ORDER);
            a3 = w3.fma(u0, a3);
            b3 = w3.fma(u1, b3);
            c3 = w3.fma(u2, c3);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        a2.intoArray(y, yOffset + 2 * LANES);
        a3.intoArray(y, yOffset + 3 * LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        b2.intoArray(y, y1 + 2 * LANES);
        b3.intoArray(y, y1 + 3 * LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        c2.intoArray(y, y2 + 2 * LANES);
        c3.intoArray(y, y2 + 3 * LANES);
    }

    private static void rows4(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int x1 = xOffset + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        int y1 = yOffset + yStride;
        int y2 = y1 + yStride;
        int y3 = y2 + yStride;
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector b2 = FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES);
        FloatVector c0 = FloatVector.fromArray(FLOATS, y, y2);
        FloatVector c1 = FloatVector.fromArray(FLOATS, y, y2 + LANES);
        FloatVector c2 = FloatVector.fromArray(FLOATS, y, y2 + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(FLOATS, y, y2 + 3 * LANES);
        FloatVector d0 = FloatVector.fromArray(FLOATS, y, y3);
        FloatVector d1 = FloatVector.fromArray(FLOATS, y, y3 + LANES);
        FloatVector d2 = FloatVector.fromArray(FLOATS, y, y3 + 2 * LANES);
        FloatVector d3 = FloatVector.fromArray(FLOATS, y, y3 + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
            FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
            FloatVector u3 = FloatVector.broadcast(FLOATS, x[x3 + i]);
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, w, at, ORDER);
            a0 = w0.fma(u0, a0);
            b0 = w0.fma(u1, b0);
            c0 = w0.fma(u2, c0);
            d0 = w0.fma(u3, d0);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, w, at + VECTOR_BYTES, ORDER);
            a1 = w1.fma(u0, a1);
            b1 = w1.fma(u1, b1);
            c1 = w1.fma(u2, c1);
            d1 = w1.fma(u3, d1);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, w, at + 2 * VECTOR_BYTES, ORDER);
            a2 = w2.fma(u0, a2);
            b2 = w2.fma(u1, b2);
            c2 = w2.fma(u2, c2);
            d2 = w2.fma(u3, d2);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, w, at + 3 * VECTOR_BYTES, ORDER);
            a3 = w3.fma(u0, a3);
            b3 = w3.fma(u1, b3);
            c3 = w3.fma(u2, c3);
            d3 = w3.fma(u3, d3);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        a2.intoArray(y, yOffset + 2 * LANES);
        a3.intoArray(y, yOffset + 3 * LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        b2.intoArray(y, y1 + 2 * LANES);
        b3.intoArray(y, y1 + 3 * LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        c2.intoArray(y, y2 + 2 * LANES);
        c3.intoArray(y, y2 + 3 * LANES);
        d0.intoArray(y, y3);
        d1.intoArray(y, y3 + LANES);
        d2.intoArray(y, y3 + 2 * LANES);
        d3.intoArray(y, y3 + 3 * LANES);
    }

    private static void rows6(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int x1 = xOffset + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        int x4 = x3 + xStride;
        int x5 = x4 + xStride;
        int y1 = yOffset + yStride;
        int y2 = y1 + yStride;
        int y3 = y2 + yStride;
        int y4 = y3 + yStride;
        int y5 = y4 + yStride;
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector b2 = FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES);
        FloatVector c0 = FloatVector.fromArray(FLOATS, y, y2);
        FloatVector c1 = FloatVector.fromArray(FLOATS, y, y2 + LANES);
        FloatVector c2 = FloatVector.fromArray(FLOATS, y, y2 + 2 * LANES);
        FloatVector c3 = FloatVector.fromArray(FLOATS, y, y2 + 3 * LANES);
        FloatVector d0 = FloatVector.fromArray(FLOATS, y, y3);
        FloatVector d1 = FloatVector.fromArray(FLOATS, y, y3 + LANES);
        FloatVector d2 = FloatVector.fromArray(FLOATS, y, y3 + 2 * LANES);
        FloatVector d3 = FloatVector.fromArray(FLOATS, y, y3 + 3 * LANES);
        FloatVector e0 = FloatVector.fromArray(FLOATS, y, y4);
        FloatVector e1 = FloatVector.fromArray(FLOATS, y, y4 + LANES);
        FloatVector e2 = FloatVector.fromArray(FLOATS, y, y4 + 2 * LANES);
        FloatVector e3 = FloatVector.fromArray(FLOATS, y, y4 + 3 * LANES);
        FloatVector f0 = FloatVector.fromArray(FLOATS, y, y5);
        FloatVector f1 = FloatVector.fromArray(FLOATS, y, y5 + LANES);
        FloatVector f2 = FloatVector.fromArray(FLOATS, y, y5 + 2 * LANES);
        FloatVector f3 = FloatVector.fromArray(FLOATS, y, y5 + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
            FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
            FloatVector u3 = FloatVector.broadcast(FLOATS, x[x3 + i]);
            FloatVector u4 = FloatVector.broadcast(FLOATS, x[x4 + i]);
            FloatVector u5 = FloatVector.broadcast(FLOATS, x[x5 + i]);
            FloatVector w0 = FloatVector.fromMemorySegment(FLOATS, w, at, ORDER);
            a0 = w0.fma(u0, a0);
            b0 = w0.fma(u1, b0);
            c0 = w0.fma(u2, c0);
            d0 = w0.fma(u3, d0);
            e0 = w0.fma(u4, e0);
            f0 = w0.fma(u5, f0);
            FloatVector w1 = FloatVector.fromMemorySegment(FLOATS, w, at + VECTOR_BYTES, ORDER);
            a1 = w1.fma(u0, a1);
            b1 = w1.fma(u1, b1);
            c1 = w1.fma(u2, c1);
            d1 = w1.fma(u3, d1);
            e1 = w1.fma(u4, e1);
            f1 = w1.fma(u5, f1);
            FloatVector w2 = FloatVector.fromMemorySegment(FLOATS, w, at + 2 * VECTOR_BYTES, ORDER);
            a2 = w2.fma(u0, a2);
            b2 = w2.fma(u1, b2);
            c2 = w2.fma(u2, c2);
            d2 = w2.fma(u3, d2);
            e2 = w2.fma(u4, e2);
            f2 = w2.fma(u5, f2);
            FloatVector w3 = FloatVector.fromMemorySegment(FLOATS, w, at + 3 * VECTOR_BYTES, ORDER);
            a3 = w3.fma(u0, a3);
            b3 = w3.fma(u1, b3);
            c3 = w3.fma(u2, c3);
            d3 = w3.fma(u3, d3);
            e3 = w3.fma(u4, e3);
            f3 = w3.fma(u5, f3);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        a2.intoArray(y, yOffset + 2 * LANES);
        a3.intoArray(y, yOffset + 3 * LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        b2.intoArray(y, y1 + 2 * LANES);
        b3.intoArray(y, y1 + 3 * LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        c2.intoArray(y, y2 + 2 * LANES);
        c3.intoArray(y, y2 + 3 * LANES);
        d0.intoArray(y, y3);
        d1.intoArray(y, y3 + LANES);
        d2.intoArray(y, y3 + 2 * LANES);
        d3.intoArray(y, y3 + 3 * LANES);
        e0.intoArray(y, y4);
        e1.intoArray(y, y4 + LANES);
        e2.intoArray(y, y4 + 2 * LANES);
        e3.intoArray(y, y4 + 3 * LANES);
        f0.intoArray(y, y5);
        f1.intoArray(y, y5 + LANES);
        f2.intoArray(y, y5 + 2 * LANES);
        f3.intoArray(y, y5 + 3 * LANES);
    }
}
