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
 * Products with 8-bit panels for a few rows, such as beams, which share each widened weight in registers. A scale is
 * applied once to the sum of its 64 inputs. The arguments are those of {@link VectorQ8}.
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
                    rows4x2(x, xOffset, xStride, w, wOffset, s, sOffset, inputs, y, yOffset, yStride);
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
        int y1 = yOffset + yStride;
        for (int g = 0; g < inputs; g += GROUP) {
            long group = wOffset + (long) g * WIDTH;
            int x0 = xOffset + g;
            int x1 = x0 + xStride;
            FloatVector a0 = FloatVector.zero(FLOATS);
            FloatVector a1 = FloatVector.zero(FLOATS);
            FloatVector a2 = FloatVector.zero(FLOATS);
            FloatVector a3 = FloatVector.zero(FLOATS);
            FloatVector b0 = FloatVector.zero(FLOATS);
            FloatVector b1 = FloatVector.zero(FLOATS);
            FloatVector b2 = FloatVector.zero(FLOATS);
            FloatVector b3 = FloatVector.zero(FLOATS);
            for (int i = 0; i < GROUP; i++) {
                long at = group + (long) i * WIDTH;
                FloatVector u0 = FloatVector.broadcast(FLOATS, x[x0 + i]);
                FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
                FloatVector w0 = (FloatVector)
                        ByteVector.fromMemorySegment(BYTES, w, at, ORDER).convertShape(B2F, FLOATS, 0);
                a0 = w0.fma(u0, a0);
                b0 = w0.fma(u1, b0);
                FloatVector w1 = (FloatVector)
                        ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER).convertShape(B2F, FLOATS, 0);
                a1 = w1.fma(u0, a1);
                b1 = w1.fma(u1, b1);
                FloatVector w2 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                        .convertShape(B2F, FLOATS, 0);
                a2 = w2.fma(u0, a2);
                b2 = w2.fma(u1, b2);
                FloatVector w3 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                        .convertShape(B2F, FLOATS, 0);
                a3 = w3.fma(u0, a3);
                b3 = w3.fma(u1, b3);
            }
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            a0.fma(s0, FloatVector.fromArray(FLOATS, y, yOffset)).intoArray(y, yOffset);
            b0.fma(s0, FloatVector.fromArray(FLOATS, y, y1)).intoArray(y, y1);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            a1.fma(s1, FloatVector.fromArray(FLOATS, y, yOffset + LANES)).intoArray(y, yOffset + LANES);
            b1.fma(s1, FloatVector.fromArray(FLOATS, y, y1 + LANES)).intoArray(y, y1 + LANES);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            a2.fma(s2, FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES)).intoArray(y, yOffset + 2 * LANES);
            b2.fma(s2, FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES)).intoArray(y, y1 + 2 * LANES);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            a3.fma(s3, FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES)).intoArray(y, yOffset + 3 * LANES);
            b3.fma(s3, FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES)).intoArray(y, y1 + 3 * LANES);
        }
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
        int y1 = yOffset + yStride;
        int y2 = y1 + yStride;
        for (int g = 0; g < inputs; g += GROUP) {
            long group = wOffset + (long) g * WIDTH;
            int x0 = xOffset + g;
            int x1 = x0 + xStride;
            int x2 = x1 + xStride;
            FloatVector a0 = FloatVector.zero(FLOATS);
            FloatVector a1 = FloatVector.zero(FLOATS);
            FloatVector a2 = FloatVector.zero(FLOATS);
            FloatVector a3 = FloatVector.zero(FLOATS);
            FloatVector b0 = FloatVector.zero(FLOATS);
            FloatVector b1 = FloatVector.zero(FLOATS);
            FloatVector b2 = FloatVector.zero(FLOATS);
            FloatVector b3 = FloatVector.zero(FLOATS);
            FloatVector c0 = FloatVector.zero(FLOATS);
            FloatVector c1 = FloatVector.zero(FLOATS);
            FloatVector c2 = FloatVector.zero(FLOATS);
            FloatVector c3 = FloatVector.zero(FLOATS);
            for (int i = 0; i < GROUP; i++) {
                long at = group + (long) i * WIDTH;
                FloatVector u0 = FloatVector.broadcast(FLOATS, x[x0 + i]);
                FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
                FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
                FloatVector w0 = (FloatVector)
                        ByteVector.fromMemorySegment(BYTES, w, at, ORDER).convertShape(B2F, FLOATS, 0);
                a0 = w0.fma(u0, a0);
                b0 = w0.fma(u1, b0);
                c0 = w0.fma(u2, c0);
                FloatVector w1 = (FloatVector)
                        ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER).convertShape(B2F, FLOATS, 0);
                a1 = w1.fma(u0, a1);
                b1 = w1.fma(u1, b1);
                c1 = w1.fma(u2, c1);
                FloatVector w2 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                        .convertShape(B2F, FLOATS, 0);
                a2 = w2.fma(u0, a2);
                b2 = w2.fma(u1, b2);
                c2 = w2.fma(u2, c2);
                FloatVector w3 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                        .convertShape(B2F, FLOATS, 0);
                a3 = w3.fma(u0, a3);
                b3 = w3.fma(u1, b3);
                c3 = w3.fma(u2, c3);
            }
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            a0.fma(s0, FloatVector.fromArray(FLOATS, y, yOffset)).intoArray(y, yOffset);
            b0.fma(s0, FloatVector.fromArray(FLOATS, y, y1)).intoArray(y, y1);
            c0.fma(s0, FloatVector.fromArray(FLOATS, y, y2)).intoArray(y, y2);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            a1.fma(s1, FloatVector.fromArray(FLOATS, y, yOffset + LANES)).intoArray(y, yOffset + LANES);
            b1.fma(s1, FloatVector.fromArray(FLOATS, y, y1 + LANES)).intoArray(y, y1 + LANES);
            c1.fma(s1, FloatVector.fromArray(FLOATS, y, y2 + LANES)).intoArray(y, y2 + LANES);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            a2.fma(s2, FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES)).intoArray(y, yOffset + 2 * LANES);
            b2.fma(s2, FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES)).intoArray(y, y1 + 2 * LANES);
            c2.fma(s2, FloatVector.fromArray(FLOATS, y, y2 + 2 * LANES)).intoArray(y, y2 + 2 * LANES);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            a3.fma(s3, FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES)).intoArray(y, yOffset + 3 * LANES);
            b3.fma(s3, FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES)).intoArray(y, y1 + 3 * LANES);
            c3.fma(s3, FloatVector.fromArray(FLOATS, y, y2 + 3 * LANES)).intoArray(y, y2 + 3 * LANES);
        }
    }

    /** Four rows, for processors with 32 registers. */
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
        int y1 = yOffset + yStride;
        int y2 = y1 + yStride;
        int y3 = y2 + yStride;
        for (int g = 0; g < inputs; g += GROUP) {
            long group = wOffset + (long) g * WIDTH;
            int x0 = xOffset + g;
            int x1 = x0 + xStride;
            int x2 = x1 + xStride;
            int x3 = x2 + xStride;
            FloatVector a0 = FloatVector.zero(FLOATS);
            FloatVector a1 = FloatVector.zero(FLOATS);
            FloatVector a2 = FloatVector.zero(FLOATS);
            FloatVector a3 = FloatVector.zero(FLOATS);
            FloatVector b0 = FloatVector.zero(FLOATS);
            FloatVector b1 = FloatVector.zero(FLOATS);
            FloatVector b2 = FloatVector.zero(FLOATS);
            FloatVector b3 = FloatVector.zero(FLOATS);
            FloatVector c0 = FloatVector.zero(FLOATS);
            FloatVector c1 = FloatVector.zero(FLOATS);
            FloatVector c2 = FloatVector.zero(FLOATS);
            FloatVector c3 = FloatVector.zero(FLOATS);
            FloatVector d0 = FloatVector.zero(FLOATS);
            FloatVector d1 = FloatVector.zero(FLOATS);
            FloatVector d2 = FloatVector.zero(FLOATS);
            FloatVector d3 = FloatVector.zero(FLOATS);
            for (int i = 0; i < GROUP; i++) {
                long at = group + (long) i * WIDTH;
                FloatVector u0 = FloatVector.broadcast(FLOATS, x[x0 + i]);
                FloatVector u1 = FloatVector.broadcast(FLOATS, x[x1 + i]);
                FloatVector u2 = FloatVector.broadcast(FLOATS, x[x2 + i]);
                FloatVector u3 = FloatVector.broadcast(FLOATS, x[x3 + i]);
                FloatVector w0 = (FloatVector)
                        ByteVector.fromMemorySegment(BYTES, w, at, ORDER).convertShape(B2F, FLOATS, 0);
                a0 = w0.fma(u0, a0);
                b0 = w0.fma(u1, b0);
                c0 = w0.fma(u2, c0);
                d0 = w0.fma(u3, d0);
                FloatVector w1 = (FloatVector)
                        ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER).convertShape(B2F, FLOATS, 0);
                a1 = w1.fma(u0, a1);
                b1 = w1.fma(u1, b1);
                c1 = w1.fma(u2, c1);
                d1 = w1.fma(u3, d1);
                FloatVector w2 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                        .convertShape(B2F, FLOATS, 0);
                a2 = w2.fma(u0, a2);
                b2 = w2.fma(u1, b2);
                c2 = w2.fma(u2, c2);
                d2 = w2.fma(u3, d2);
                FloatVector w3 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                        .convertShape(B2F, FLOATS, 0);
                a3 = w3.fma(u0, a3);
                b3 = w3.fma(u1, b3);
                c3 = w3.fma(u2, c3);
                d3 = w3.fma(u3, d3);
            }
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            a0.fma(s0, FloatVector.fromArray(FLOATS, y, yOffset)).intoArray(y, yOffset);
            b0.fma(s0, FloatVector.fromArray(FLOATS, y, y1)).intoArray(y, y1);
            c0.fma(s0, FloatVector.fromArray(FLOATS, y, y2)).intoArray(y, y2);
            d0.fma(s0, FloatVector.fromArray(FLOATS, y, y3)).intoArray(y, y3);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            a1.fma(s1, FloatVector.fromArray(FLOATS, y, yOffset + LANES)).intoArray(y, yOffset + LANES);
            b1.fma(s1, FloatVector.fromArray(FLOATS, y, y1 + LANES)).intoArray(y, y1 + LANES);
            c1.fma(s1, FloatVector.fromArray(FLOATS, y, y2 + LANES)).intoArray(y, y2 + LANES);
            d1.fma(s1, FloatVector.fromArray(FLOATS, y, y3 + LANES)).intoArray(y, y3 + LANES);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            a2.fma(s2, FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES)).intoArray(y, yOffset + 2 * LANES);
            b2.fma(s2, FloatVector.fromArray(FLOATS, y, y1 + 2 * LANES)).intoArray(y, y1 + 2 * LANES);
            c2.fma(s2, FloatVector.fromArray(FLOATS, y, y2 + 2 * LANES)).intoArray(y, y2 + 2 * LANES);
            d2.fma(s2, FloatVector.fromArray(FLOATS, y, y3 + 2 * LANES)).intoArray(y, y3 + 2 * LANES);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            a3.fma(s3, FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES)).intoArray(y, yOffset + 3 * LANES);
            b3.fma(s3, FloatVector.fromArray(FLOATS, y, y1 + 3 * LANES)).intoArray(y, y1 + 3 * LANES);
            c3.fma(s3, FloatVector.fromArray(FLOATS, y, y2 + 3 * LANES)).intoArray(y, y2 + 3 * LANES);
            d3.fma(s3, FloatVector.fromArray(FLOATS, y, y3 + 3 * LANES)).intoArray(y, y3 + 3 * LANES);
        }
    }

    /** Four rows, half a panel after the other in each group, for processors with 16 registers. */
    private static void rows4x2(
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
        for (int g = 0; g < inputs; g += GROUP) {
            long group = wOffset + (long) g * WIDTH;
            int x0 = xOffset + g;
            int x1 = x0 + xStride;
            int x2 = x1 + xStride;
            int x3 = x2 + xStride;
            for (int half = 0; half < WIDTH; half += 2 * LANES) {
                long from = group + half;
                int y0 = yOffset + half;
                int y1 = y0 + yStride;
                int y2 = y1 + yStride;
                int y3 = y2 + yStride;
                FloatVector a0 = FloatVector.zero(FLOATS);
                FloatVector a1 = FloatVector.zero(FLOATS);
                FloatVector b0 = FloatVector.zero(FLOATS);
                FloatVector b1 = FloatVector.zero(FLOATS);
                FloatVector c0 = FloatVector.zero(FLOATS);
                FloatVector c1 = FloatVector.zero(FLOATS);
                FloatVector d0 = FloatVector.zero(FLOATS);
                FloatVector d1 = FloatVector.zero(FLOATS);
                for (int i = 0; i < GROUP; i++) {
                    long at = from + (long) i * WIDTH;
                    FloatVector w0 = (FloatVector)
                            ByteVector.fromMemorySegment(BYTES, w, at, ORDER).convertShape(B2F, FLOATS, 0);
                    FloatVector w1 = (FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                            .convertShape(B2F, FLOATS, 0);
                    FloatVector u = FloatVector.broadcast(FLOATS, x[x0 + i]);
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
                long so = sOffset + ((long) (g / GROUP) * WIDTH + half) * Float.BYTES;
                FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
                a0.fma(s0, FloatVector.fromArray(FLOATS, y, y0)).intoArray(y, y0);
                b0.fma(s0, FloatVector.fromArray(FLOATS, y, y1)).intoArray(y, y1);
                c0.fma(s0, FloatVector.fromArray(FLOATS, y, y2)).intoArray(y, y2);
                d0.fma(s0, FloatVector.fromArray(FLOATS, y, y3)).intoArray(y, y3);
                FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
                a1.fma(s1, FloatVector.fromArray(FLOATS, y, y0 + LANES)).intoArray(y, y0 + LANES);
                b1.fma(s1, FloatVector.fromArray(FLOATS, y, y1 + LANES)).intoArray(y, y1 + LANES);
                c1.fma(s1, FloatVector.fromArray(FLOATS, y, y2 + LANES)).intoArray(y, y2 + LANES);
                d1.fma(s1, FloatVector.fromArray(FLOATS, y, y3 + LANES)).intoArray(y, y3 + LANES);
            }
        }
    }
}
