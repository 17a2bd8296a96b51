package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.KeyValueLayout.POSITIONS;
import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/**
 * Attention over one block of 32 positions in floats, one query at a time: the exact twin of {@link VectorAttention},
 * for small models and for comparing with the reference implementation.
 */
final class VectorAttentionF32 {
    private static final int RUN_BYTES = POSITIONS * Float.BYTES;

    private VectorAttentionF32() {}

    /** Products of one query with 32 keys. */
    static void scores(
            MemorySegment block, long keys, int headSize, float[] q, int qOffset, float[] scores, int offset) {
        for (int j = 0; j < POSITIONS; j += 2 * LANES) {
            FloatVector a = FloatVector.zero(FLOATS);
            FloatVector b = a;
            for (int d = 0; d < headSize; d++) {
                long at = keys + (long) d * RUN_BYTES + 4L * j;
                FloatVector u = FloatVector.broadcast(FLOATS, q[qOffset + d]);
                a = FloatVector.fromMemorySegment(FLOATS, block, at, ORDER).fma(u, a);
                b = FloatVector.fromMemorySegment(FLOATS, block, at + 4L * LANES, ORDER)
                        .fma(u, b);
            }
            a.intoArray(scores, offset + j);
            b.intoArray(scores, offset + j + LANES);
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
        long rowBytes = 4L * paddedHeadSize;
        for (int j = 0; j < paddedHeadSize; j += 2 * LANES) {
            FloatVector a = FloatVector.fromArray(FLOATS, out, offset + j);
            FloatVector b = FloatVector.fromArray(FLOATS, out, offset + j + LANES);
            for (int i = 0; i < positions; i++) {
                long at = values + i * rowBytes + 4L * j;
                FloatVector u = FloatVector.broadcast(FLOATS, p[pOffset + i]);
                a = FloatVector.fromMemorySegment(FLOATS, block, at, ORDER).fma(u, a);
                b = FloatVector.fromMemorySegment(FLOATS, block, at + 4L * LANES, ORDER)
                        .fma(u, b);
            }
            a.intoArray(out, offset + j);
            b.intoArray(out, offset + j + LANES);
        }
    }
}
