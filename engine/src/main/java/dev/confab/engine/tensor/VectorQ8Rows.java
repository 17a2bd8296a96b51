package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.BYTES;
import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;
import static dev.confab.engine.tensor.WeightFormat.GROUP;
import static jdk.incubator.vector.VectorOperators.B2F;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/**
 * Products with 8-bit panels for a few rows, such as beams, which share each widened weight in registers. The arguments
 * are those of {@link VectorQ8}.
 */
final class VectorQ8Rows {
    private static final int WIDTH = 4 * LANES;
    private static final long VECTOR_BYTES = 4L * LANES;
    /** Bytes of the weights of one vector of outputs. */
    private static final long STEP = LANES;

    private VectorQ8Rows() {}

    /** Whether so many rows are best multiplied here, rather than with a tile that is widened to memory first. */
    static boolean suit(int rows) {
        return rows == 2 || rows == 4 || (rows == 3 && VectorShapes.HAS_32_REGISTERS);
    }

    /** Two to four rows, as {@link #suit} says. */
    static void multiply(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            MemorySegment w,
            long wOffset,
            MemorySegment s,
            long sOffset,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        switch (rows) {
            case 2 -> rows2(x, xOffset, xStride, w, wOffset, s, sOffset, inputs, y, yOffset, yStride);
            case 3 -> rows3(x, xOffset, xStride, w, wOffset, s, sOffset, inputs, y, yOffset, yStride);
            case 4 -> {
                if (VectorShapes.HAS_32_REGISTERS) {
                    rows4x4(x, xOffset, xStride, w, wOffset, s, sOffset, inputs, y, yOffset, yStride);
                } else {
                    rows4x2(x, xOffset, xStride, w, wOffset, s, sOffset, 0, inputs, y, yOffset, yStride);
                    rows4x2(x, xOffset, xStride, w, wOffset, s, sOffset, 1, inputs, y, yOffset, yStride);
                }
            }
            default -> throw new IllegalArgumentException(rows + " rows");
        }
    }

    /** Two rows, which share each widened weight. */
    private static void rows2(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            MemorySegment s,
            long sOffset,
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
        for (int g = 0; g < inputs; g += GROUP) {
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            for (int i = g; i < g + GROUP; i++) {
                long at = wOffset + (long) i * WIDTH;
                FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
                FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
                FloatVector w0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s0);
                a0 = w0.fma(u0, a0);
                b0 = w0.fma(u1, b0);
                FloatVector w1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s1);
                a1 = w1.fma(u0, a1);
                b1 = w1.fma(u1, b1);
                FloatVector w2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s2);
                a2 = w2.fma(u0, a2);
                b2 = w2.fma(u1, b2);
                FloatVector w3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s3);
                a3 = w3.fma(u0, a3);
                b3 = w3.fma(u1, b3);
            }
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

    /** Three rows, which share each widened weight. */
    private static void rows3(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            MemorySegment s,
            long sOffset,
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
        for (int g = 0; g < inputs; g += GROUP) {
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            for (int i = g; i < g + GROUP; i++) {
                long at = wOffset + (long) i * WIDTH;
                FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
                FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
                FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
                FloatVector w0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s0);
                a0 = w0.fma(u0, a0);
                b0 = w0.fma(u1, b0);
                c0 = w0.fma(u2, c0);
                FloatVector w1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s1);
                a1 = w1.fma(u0, a1);
                b1 = w1.fma(u1, b1);
                c1 = w1.fma(u2, c1);
                FloatVector w2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s2);
                a2 = w2.fma(u0, a2);
                b2 = w2.fma(u1, b2);
                c2 = w2.fma(u2, c2);
                FloatVector w3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s3);
                a3 = w3.fma(u0, a3);
                b3 = w3.fma(u1, b3);
                c3 = w3.fma(u2, c3);
            }
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

    private static void rows4x4(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            MemorySegment s,
            long sOffset,
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
        for (int g = 0; g < inputs; g += GROUP) {
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            for (int i = g; i < g + GROUP; i++) {
                long at = wOffset + (long) i * WIDTH;
                FloatVector u0 = FloatVector.broadcast(FLOATS, x[xOffset + i]);
                FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
                FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
                FloatVector u3 = FloatVector.broadcast(FLOATS, x[x3 + i]);
                FloatVector w0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s0);
                a0 = w0.fma(u0, a0);
                b0 = w0.fma(u1, b0);
                c0 = w0.fma(u2, c0);
                d0 = w0.fma(u3, d0);
                FloatVector w1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s1);
                a1 = w1.fma(u0, a1);
                b1 = w1.fma(u1, b1);
                c1 = w1.fma(u2, c1);
                d1 = w1.fma(u3, d1);
                FloatVector w2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s2);
                a2 = w2.fma(u0, a2);
                b2 = w2.fma(u1, b2);
                c2 = w2.fma(u2, c2);
                d2 = w2.fma(u3, d2);
                FloatVector w3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s3);
                a3 = w3.fma(u0, a3);
                b3 = w3.fma(u1, b3);
                c3 = w3.fma(u2, c3);
                d3 = w3.fma(u3, d3);
            }
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

    /** Four rows on two vectors of the panel, for processors with 16 registers. {@code half} is 0 or 1. */
    private static void rows4x2(
            float[] x,
            int xOffset,
            int xStride,
            MemorySegment w,
            long wOffset,
            MemorySegment s,
            long sOffset,
            int half,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        int x1 = xOffset + xStride;
        int x2 = x1 + xStride;
        int x3 = x2 + xStride;
        int y0 = yOffset + half * 2 * LANES;
        int y1 = y0 + yStride;
        int y2 = y1 + yStride;
        int y3 = y2 + yStride;
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, y0);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, y0 + LANES);
        FloatVector b0 = FloatVector.fromArray(FLOATS, y, y1);
        FloatVector b1 = FloatVector.fromArray(FLOATS, y, y1 + LANES);
        FloatVector c0 = FloatVector.fromArray(FLOATS, y, y2);
        FloatVector c1 = FloatVector.fromArray(FLOATS, y, y2 + LANES);
        FloatVector d0 = FloatVector.fromArray(FLOATS, y, y3);
        FloatVector d1 = FloatVector.fromArray(FLOATS, y, y3 + LANES);
        long wHalf = wOffset + half * 2L * STEP;
        long sHalf = sOffset + half * 2L * VECTOR_BYTES;
        for (int g = 0; g < inputs; g += GROUP) {
            long so = sHalf + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            for (int i = g; i < g + GROUP; i++) {
                long at = wHalf + (long) i * WIDTH;
                FloatVector w0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s0);
                FloatVector w1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s1);
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
        }
        a0.intoArray(y, y0);
        a1.intoArray(y, y0 + LANES);
        b0.intoArray(y, y1);
        b1.intoArray(y, y1 + LANES);
        c0.intoArray(y, y2);
        c1.intoArray(y, y2 + LANES);
        d0.intoArray(y, y3);
        d1.intoArray(y, y3 + LANES);
    }
}
