package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.INTS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * Attention over one block of 32 positions in bf16; {@link VectorAttentionF32} is its twin for floats. See
 * {@link KeyValueLayout} for the layout and {@link PanelKernels} for what the methods do.
 *
 * <p>A vector of ints holds, in its low halves, {@code LANES} numbers of the first half of a run of 32, and in its high
 * halves those 16 further on.
 */
final class VectorAttention {
    private static final int HALF = 16;
    private static final int HIGH_HALF = 0xFFFF_0000;
    /** Bytes of a run of 32 numbers. */
    private static final int RUN_BYTES = 64;

    private VectorAttention() {}

    /** Products of one query with 32 keys. */
    static void scores(
            MemorySegment block, long keys, int headSize, float[] q, int qOffset, float[] scores, int offset) {
        for (int j = 0; j < HALF; j += LANES) {
            FloatVector low = FloatVector.zero(FLOATS);
            FloatVector high = low;
            FloatVector low2 = low;
            FloatVector high2 = low;
            int d = 0;
            for (; d + 1 < headSize; d += 2) {
                long at = keys + (long) d * RUN_BYTES + 4L * j;
                IntVector k = IntVector.fromMemorySegment(INTS, block, at, ORDER);
                IntVector k2 = IntVector.fromMemorySegment(INTS, block, at + RUN_BYTES, ORDER);
                FloatVector u = FloatVector.broadcast(FLOATS, q[qOffset + d]);
                FloatVector u2 = FloatVector.broadcast(FLOATS, q[qOffset + d + 1]);
                low = k.lanewise(LSHL, 16).reinterpretAsFloats().fma(u, low);
                high = k.and(HIGH_HALF).reinterpretAsFloats().fma(u, high);
                low2 = k2.lanewise(LSHL, 16).reinterpretAsFloats().fma(u2, low2);
                high2 = k2.and(HIGH_HALF).reinterpretAsFloats().fma(u2, high2);
            }
            if (d < headSize) {
                IntVector k = IntVector.fromMemorySegment(INTS, block, keys + (long) d * RUN_BYTES + 4L * j, ORDER);
                FloatVector u = FloatVector.broadcast(FLOATS, q[qOffset + d]);
                low = k.lanewise(LSHL, 16).reinterpretAsFloats().fma(u, low);
                high = k.and(HIGH_HALF).reinterpretAsFloats().fma(u, high);
            }
            low.add(low2).intoArray(scores, offset + j);
            high.add(high2).intoArray(scores, offset + HALF + j);
        }
    }

    /** Products of four queries with 32 keys, which share each widened key. */
    static void scores4(
            MemorySegment block,
            long keys,
            int headSize,
            float[] q,
            int qOffset,
            int qStride,
            float[] scores,
            int offset,
            int stride) {
        int q1 = qOffset + qStride;
        int q2 = q1 + qStride;
        int q3 = q2 + qStride;
        for (int j = 0; j < HALF; j += LANES) {
            FloatVector a = FloatVector.zero(FLOATS);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            FloatVector a2 = a;
            FloatVector b2 = a;
            FloatVector c2 = a;
            FloatVector d2 = a;
            for (int i = 0; i < headSize; i++) {
                IntVector k = IntVector.fromMemorySegment(INTS, block, keys + (long) i * RUN_BYTES + 4L * j, ORDER);
                FloatVector low = k.lanewise(LSHL, 16).reinterpretAsFloats();
                FloatVector high = k.and(HIGH_HALF).reinterpretAsFloats();
                FloatVector u = FloatVector.broadcast(FLOATS, q[qOffset + i]);
                a = low.fma(u, a);
                a2 = high.fma(u, a2);
                u = FloatVector.broadcast(FLOATS, q[q1 + i]);
                b = low.fma(u, b);
                b2 = high.fma(u, b2);
                u = FloatVector.broadcast(FLOATS, q[q2 + i]);
                c = low.fma(u, c);
                c2 = high.fma(u, c2);
                u = FloatVector.broadcast(FLOATS, q[q3 + i]);
                d = low.fma(u, d);
                d2 = high.fma(u, d2);
            }
            a.intoArray(scores, offset + j);
            a2.intoArray(scores, offset + HALF + j);
            b.intoArray(scores, offset + stride + j);
            b2.intoArray(scores, offset + stride + HALF + j);
            c.intoArray(scores, offset + 2 * stride + j);
            c2.intoArray(scores, offset + 2 * stride + HALF + j);
            d.intoArray(scores, offset + 3 * stride + j);
            d2.intoArray(scores, offset + 3 * stride + HALF + j);
        }
    }

    /** Adds the first values of a block, weighted by one row of probabilities, to {@code out [paddedHeadSize]}. */
    static void values(
            MemorySegment block,
            long values,
            int positions,
            int paddedHeadSize,
            float[] p,
            int pOffset,
            float[] out,
            int offset) {
        int rowBytes = 2 * paddedHeadSize;
        for (int run = 0; run < paddedHeadSize; run += 2 * HALF) {
            for (int j = 0; j < HALF; j += LANES) {
                long column = values + 2L * run + 4L * j;
                int at = offset + run + j;
                FloatVector low = FloatVector.fromArray(FLOATS, out, at);
                FloatVector high = FloatVector.fromArray(FLOATS, out, at + HALF);
                FloatVector low2 = FloatVector.zero(FLOATS);
                FloatVector high2 = low2;
                int i = 0;
                for (; i + 1 < positions; i += 2) {
                    IntVector v = IntVector.fromMemorySegment(INTS, block, column + (long) i * rowBytes, ORDER);
                    IntVector v2 = IntVector.fromMemorySegment(INTS, block, column + (long) (i + 1) * rowBytes, ORDER);
                    FloatVector u = FloatVector.broadcast(FLOATS, p[pOffset + i]);
                    FloatVector u2 = FloatVector.broadcast(FLOATS, p[pOffset + i + 1]);
                    low = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(u, low);
                    high = v.and(HIGH_HALF).reinterpretAsFloats().fma(u, high);
                    low2 = v2.lanewise(LSHL, 16).reinterpretAsFloats().fma(u2, low2);
                    high2 = v2.and(HIGH_HALF).reinterpretAsFloats().fma(u2, high2);
                }
                if (i < positions) {
                    IntVector v = IntVector.fromMemorySegment(INTS, block, column + (long) i * rowBytes, ORDER);
                    FloatVector u = FloatVector.broadcast(FLOATS, p[pOffset + i]);
                    low = v.lanewise(LSHL, 16).reinterpretAsFloats().fma(u, low);
                    high = v.and(HIGH_HALF).reinterpretAsFloats().fma(u, high);
                }
                low.add(low2).intoArray(out, at);
                high.add(high2).intoArray(out, at + HALF);
            }
        }
    }

    /** The same for four rows, which share each widened value. */
    static void values4(
            MemorySegment block,
            long values,
            int positions,
            int paddedHeadSize,
            float[] p,
            int pOffset,
            int pStride,
            float[] out,
            int offset,
            int stride) {
        int p1 = pOffset + pStride;
        int p2 = p1 + pStride;
        int p3 = p2 + pStride;
        int rowBytes = 2 * paddedHeadSize;
        for (int run = 0; run < paddedHeadSize; run += 2 * HALF) {
            for (int j = 0; j < HALF; j += LANES) {
                long column = values + 2L * run + 4L * j;
                int at = offset + run + j;
                FloatVector a = FloatVector.fromArray(FLOATS, out, at);
                FloatVector a2 = FloatVector.fromArray(FLOATS, out, at + HALF);
                FloatVector b = FloatVector.fromArray(FLOATS, out, at + stride);
                FloatVector b2 = FloatVector.fromArray(FLOATS, out, at + stride + HALF);
                FloatVector c = FloatVector.fromArray(FLOATS, out, at + 2 * stride);
                FloatVector c2 = FloatVector.fromArray(FLOATS, out, at + 2 * stride + HALF);
                FloatVector d = FloatVector.fromArray(FLOATS, out, at + 3 * stride);
                FloatVector d2 = FloatVector.fromArray(FLOATS, out, at + 3 * stride + HALF);
                for (int i = 0; i < positions; i++) {
                    IntVector v = IntVector.fromMemorySegment(INTS, block, column + (long) i * rowBytes, ORDER);
                    FloatVector low = v.lanewise(LSHL, 16).reinterpretAsFloats();
                    FloatVector high = v.and(HIGH_HALF).reinterpretAsFloats();
                    FloatVector u = FloatVector.broadcast(FLOATS, p[pOffset + i]);
                    a = low.fma(u, a);
                    a2 = high.fma(u, a2);
                    u = FloatVector.broadcast(FLOATS, p[p1 + i]);
                    b = low.fma(u, b);
                    b2 = high.fma(u, b2);
                    u = FloatVector.broadcast(FLOATS, p[p2 + i]);
                    c = low.fma(u, c);
                    c2 = high.fma(u, c2);
                    u = FloatVector.broadcast(FLOATS, p[p3 + i]);
                    d = low.fma(u, d);
                    d2 = high.fma(u, d2);
                }
                a.intoArray(out, at);
                a2.intoArray(out, at + HALF);
                b.intoArray(out, at + stride);
                b2.intoArray(out, at + stride + HALF);
                c.intoArray(out, at + 2 * stride);
                c2.intoArray(out, at + 2 * stride + HALF);
                d.intoArray(out, at + 3 * stride);
                d2.intoArray(out, at + 3 * stride + HALF);
            }
        }
    }
}
