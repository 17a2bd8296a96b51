package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Matrix products on a tile of floats, {@code [input][4 vectors of outputs]}: for a block of rows and vectors the sums
 * stay in registers while one input after the other is broadcast. The block is as large as the registers allow: 6 rows
 * by 4 vectors where there are 32 (AVX-512, NEON), 6 by 2 where there are 16 (AVX2, SSE); 3 by 4 would fit there too,
 * but leaves the compiler no register to spare and runs at half the speed.
 *
 * <p>Every method adds {@code sum over i of x[r][i] * tile[i][o]} to {@code y[r][o]}.
 */
final class VectorProducts {
    private static final int WIDTH = 4 * LANES;
    private static final int ROWS = 6;

    private VectorProducts() {}

    /**
     * Any number of rows.
     *
     * @param tile begins with the panel's first input
     * @param inputs how many inputs
     */
    static void multiply(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] tile,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int r = 0;
        while (r < rows) {
            int xo = xOffset + r * xStride;
            int yo = yOffset + r * yStride;
            switch (Math.min(rows - r, ROWS)) {
                case 6 -> {
                    rows6(x, xo, xStride, tile, inputs, y, yo, yStride);
                    r += 6;
                }
                case 4, 5 -> {
                    rows4(x, xo, xStride, tile, inputs, y, yo, yStride);
                    r += 4;
                }
                case 2, 3 -> {
                    rows2(x, xo, xStride, tile, inputs, y, yo, yStride);
                    r += 2;
                }
                default -> {
                    row(x, xo, tile, inputs, y, yo);
                    r++;
                }
            }
        }
    }

    private static void rows6(
            float[] x, int xOffset, int xStride, float[] tile, int inputs, float[] y, int yOffset, int yStride) {
        if (VectorShapes.HAS_32_REGISTERS) {
            rows6x4(x, xOffset, xStride, tile, inputs, y, yOffset, yStride);
        } else {
            rows6x2(x, xOffset, xStride, tile, 0, inputs, y, yOffset, yStride);
            rows6x2(x, xOffset, xStride, tile, 2 * LANES, inputs, y, yOffset + 2 * LANES, yStride);
        }
    }

    private static void rows4(
            float[] x, int xOffset, int xStride, float[] tile, int inputs, float[] y, int yOffset, int yStride) {
        if (VectorShapes.HAS_32_REGISTERS) {
            rows4x4(x, xOffset, xStride, tile, inputs, y, yOffset, yStride);
        } else {
            rows4x2(x, xOffset, xStride, tile, 0, inputs, y, yOffset, yStride);
            rows4x2(x, xOffset, xStride, tile, 2 * LANES, inputs, y, yOffset + 2 * LANES, yStride);
        }
    }

    private static void row(float[] x, int xOffset, float[] tile, int inputs, float[] y, int yOffset) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        for (int i = 0; i < inputs; i++) {
            int at = i * WIDTH;
            FloatVector w0 = FloatVector.fromArray(FLOATS, tile, at);
            FloatVector w1 = FloatVector.fromArray(FLOATS, tile, at + LANES);
            FloatVector w2 = FloatVector.fromArray(FLOATS, tile, at + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(FLOATS, tile, at + 3 * LANES);
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = w0.fma(u, a0);
            a1 = w1.fma(u, a1);
            a2 = w2.fma(u, a2);
            a3 = w3.fma(u, a3);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        a2.intoArray(y, yOffset + 2 * LANES);
        a3.intoArray(y, yOffset + 3 * LANES);
    }

    private static void rows2(
            float[] x, int xOffset, int xStride, float[] tile, int inputs, float[] y, int yOffset, int yStride) {
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
            int at = i * WIDTH;
            FloatVector w0 = FloatVector.fromArray(FLOATS, tile, at);
            FloatVector w1 = FloatVector.fromArray(FLOATS, tile, at + LANES);
            FloatVector w2 = FloatVector.fromArray(FLOATS, tile, at + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(FLOATS, tile, at + 3 * LANES);
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = w0.fma(u, a0);
            a1 = w1.fma(u, a1);
            a2 = w2.fma(u, a2);
            a3 = w3.fma(u, a3);
            u = FloatVector.broadcast(FLOATS, x[x1 + i]);
            b0 = w0.fma(u, b0);
            b1 = w1.fma(u, b1);
            b2 = w2.fma(u, b2);
            b3 = w3.fma(u, b3);
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

    private static void rows4x2(
            float[] x,
            int xOffset,
            int xStride,
            float[] tile,
            int tileOffset,
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
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector c0 = FloatVector.fromArray(FLOATS, y, y2);
        FloatVector c1 = FloatVector.fromArray(FLOATS, y, y2 + LANES);
        FloatVector d0 = FloatVector.fromArray(FLOATS, y, y3);
        FloatVector d1 = FloatVector.fromArray(FLOATS, y, y3 + LANES);
        for (int i = 0; i < inputs; i++) {
            int at = tileOffset + i * WIDTH;
            FloatVector w0 = FloatVector.fromArray(FLOATS, tile, at);
            FloatVector w1 = FloatVector.fromArray(FLOATS, tile, at + LANES);
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = w0.fma(u, a0);
            a1 = w1.fma(u, a1);
            u = FloatVector.broadcast(FLOATS, x[x1 + i]);
            b0 = w0.fma(u, b0);
            b1 = w1.fma(u, b1);
            u = FloatVector.broadcast(FLOATS, x[x2 + i]);
            c0 = w0.fma(u, c0);
            c1 = w1.fma(u, c1);
            u = FloatVector.broadcast(FLOATS, x[x3 + i]);
            d0 = w0.fma(u, d0);
            d1 = w1.fma(u, d1);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        d0.intoArray(y, y3);
        d1.intoArray(y, y3 + LANES);
    }

    private static void rows6x2(
            float[] x,
            int xOffset,
            int xStride,
            float[] tile,
            int tileOffset,
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
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector c0 = FloatVector.fromArray(FLOATS, y, y2);
        FloatVector c1 = FloatVector.fromArray(FLOATS, y, y2 + LANES);
        FloatVector d0 = FloatVector.fromArray(FLOATS, y, y3);
        FloatVector d1 = FloatVector.fromArray(FLOATS, y, y3 + LANES);
        FloatVector e0 = FloatVector.fromArray(FLOATS, y, y4);
        FloatVector e1 = FloatVector.fromArray(FLOATS, y, y4 + LANES);
        FloatVector f0 = FloatVector.fromArray(FLOATS, y, y5);
        FloatVector f1 = FloatVector.fromArray(FLOATS, y, y5 + LANES);
        for (int i = 0; i < inputs; i++) {
            int at = tileOffset + i * WIDTH;
            FloatVector w0 = FloatVector.fromArray(FLOATS, tile, at);
            FloatVector w1 = FloatVector.fromArray(FLOATS, tile, at + LANES);
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = w0.fma(u, a0);
            a1 = w1.fma(u, a1);
            u = FloatVector.broadcast(FLOATS, x[x1 + i]);
            b0 = w0.fma(u, b0);
            b1 = w1.fma(u, b1);
            u = FloatVector.broadcast(FLOATS, x[x2 + i]);
            c0 = w0.fma(u, c0);
            c1 = w1.fma(u, c1);
            u = FloatVector.broadcast(FLOATS, x[x3 + i]);
            d0 = w0.fma(u, d0);
            d1 = w1.fma(u, d1);
            u = FloatVector.broadcast(FLOATS, x[x4 + i]);
            e0 = w0.fma(u, e0);
            e1 = w1.fma(u, e1);
            u = FloatVector.broadcast(FLOATS, x[x5 + i]);
            f0 = w0.fma(u, f0);
            f1 = w1.fma(u, f1);
        }
        a0.intoArray(y, yOffset);
        a1.intoArray(y, yOffset + LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        d0.intoArray(y, y3);
        d1.intoArray(y, y3 + LANES);
        e0.intoArray(y, y4);
        e1.intoArray(y, y4 + LANES);
        f0.intoArray(y, y5);
        f1.intoArray(y, y5 + LANES);
    }

    private static void rows4x4(
            float[] x, int xOffset, int xStride, float[] tile, int inputs, float[] y, int yOffset, int yStride) {
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
            int at = i * WIDTH;
            FloatVector w0 = FloatVector.fromArray(FLOATS, tile, at);
            FloatVector w1 = FloatVector.fromArray(FLOATS, tile, at + LANES);
            FloatVector w2 = FloatVector.fromArray(FLOATS, tile, at + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(FLOATS, tile, at + 3 * LANES);
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = w0.fma(u, a0);
            a1 = w1.fma(u, a1);
            a2 = w2.fma(u, a2);
            a3 = w3.fma(u, a3);
            u = FloatVector.broadcast(FLOATS, x[x1 + i]);
            b0 = w0.fma(u, b0);
            b1 = w1.fma(u, b1);
            b2 = w2.fma(u, b2);
            b3 = w3.fma(u, b3);
            u = FloatVector.broadcast(FLOATS, x[x2 + i]);
            c0 = w0.fma(u, c0);
            c1 = w1.fma(u, c1);
            c2 = w2.fma(u, c2);
            c3 = w3.fma(u, c3);
            u = FloatVector.broadcast(FLOATS, x[x3 + i]);
            d0 = w0.fma(u, d0);
            d1 = w1.fma(u, d1);
            d2 = w2.fma(u, d2);
            d3 = w3.fma(u, d3);
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

    private static void rows6x4(
            float[] x, int xOffset, int xStride, float[] tile, int inputs, float[] y, int yOffset, int yStride) {
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
            int at = i * WIDTH;
            FloatVector w0 = FloatVector.fromArray(FLOATS, tile, at);
            FloatVector w1 = FloatVector.fromArray(FLOATS, tile, at + LANES);
            FloatVector w2 = FloatVector.fromArray(FLOATS, tile, at + 2 * LANES);
            FloatVector w3 = FloatVector.fromArray(FLOATS, tile, at + 3 * LANES);
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = w0.fma(u, a0);
            a1 = w1.fma(u, a1);
            a2 = w2.fma(u, a2);
            a3 = w3.fma(u, a3);
            u = FloatVector.broadcast(FLOATS, x[x1 + i]);
            b0 = w0.fma(u, b0);
            b1 = w1.fma(u, b1);
            b2 = w2.fma(u, b2);
            b3 = w3.fma(u, b3);
            u = FloatVector.broadcast(FLOATS, x[x2 + i]);
            c0 = w0.fma(u, c0);
            c1 = w1.fma(u, c1);
            c2 = w2.fma(u, c2);
            c3 = w3.fma(u, c3);
            u = FloatVector.broadcast(FLOATS, x[x3 + i]);
            d0 = w0.fma(u, d0);
            d1 = w1.fma(u, d1);
            d2 = w2.fma(u, d2);
            d3 = w3.fma(u, d3);
            u = FloatVector.broadcast(FLOATS, x[x4 + i]);
            e0 = w0.fma(u, e0);
            e1 = w1.fma(u, e1);
            e2 = w2.fma(u, e2);
            e3 = w3.fma(u, e3);
            u = FloatVector.broadcast(FLOATS, x[x5 + i]);
            f0 = w0.fma(u, f0);
            f1 = w1.fma(u, f1);
            f2 = w2.fma(u, f2);
            f3 = w3.fma(u, f3);
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
