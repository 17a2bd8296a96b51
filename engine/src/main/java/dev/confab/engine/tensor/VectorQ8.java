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
 * Products with 8-bit panels for one row, and their widening to floats for many; {@link VectorQ8Rows} has those for a
 * few. {@code w} holds the panel's weights from byte {@code wOffset} on, {@code s} its scales from byte {@code sOffset}
 * on.
 */
final class VectorQ8 {
    private static final int WIDTH = 4 * LANES;
    private static final long VECTOR_BYTES = 4L * LANES;

    /** Bytes of the weights of one vector of outputs. */
    private static final long STEP = LANES;

    private VectorQ8() {}

    /**
     * One row, the case of a single conversation: bound by memory, so it reads two inputs at a time in plain sequence and
     * applies a scale only once for its 64 inputs.
     */
    static void row(
            float[] x,
            int xOffset,
            MemorySegment w,
            long wOffset,
            MemorySegment s,
            long sOffset,
            int inputs,
            float[] y,
            int yOffset) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector t1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector t2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector t3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        for (int g = 0; g < inputs; g += GROUP) {
            FloatVector a0 = FloatVector.zero(FLOATS);
            FloatVector a1 = FloatVector.zero(FLOATS);
            FloatVector a2 = FloatVector.zero(FLOATS);
            FloatVector a3 = FloatVector.zero(FLOATS);
            FloatVector b0 = FloatVector.zero(FLOATS);
            FloatVector b1 = FloatVector.zero(FLOATS);
            FloatVector b2 = FloatVector.zero(FLOATS);
            FloatVector b3 = FloatVector.zero(FLOATS);
            for (int i = g; i < g + GROUP; i += 2) {
                long at = wOffset + (long) i * WIDTH;
                FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
                a0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(u, a0);
                a1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(u, a1);
                a2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(u, a2);
                a3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(u, a3);
                FloatVector v = FloatVector.broadcast(FLOATS, x[xOffset + i + 1]);
                b0 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + WIDTH, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(v, b0);
                b1 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + WIDTH + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(v, b1);
                b2 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + WIDTH + 2 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(v, b2);
                b3 = ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + WIDTH + 3 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .fma(v, b3);
            }
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            t0 = a0.add(b0).fma(FloatVector.fromMemorySegment(FLOATS, s, so, ORDER), t0);
            t1 = a1.add(b1).fma(FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER), t1);
            t2 = a2.add(b2).fma(FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER), t2);
            t3 = a3.add(b3).fma(FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER), t3);
        }
        t0.intoArray(y, yOffset);
        t1.intoArray(y, yOffset + LANES);
        t2.intoArray(y, yOffset + 2 * LANES);
        t3.intoArray(y, yOffset + 3 * LANES);
    }

    /** Widens some inputs of a panel to floats: {@code tile[input][WIDTH]}. */
    static void unpack(MemorySegment w, long wOffset, MemorySegment s, long sOffset, int inputs, float[] tile) {
        for (int g = 0; g < inputs; g += GROUP) {
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            for (int i = g; i < g + GROUP; i++) {
                long at = wOffset + (long) i * WIDTH;
                int to = i * WIDTH;
                ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at, ORDER).convertShape(B2F, FLOATS, 0))
                        .mul(s0)
                        .intoArray(tile, to);
                ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s1)
                        .intoArray(tile, to + LANES);
                ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 2 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s2)
                        .intoArray(tile, to + 2 * LANES);
                ((FloatVector) ByteVector.fromMemorySegment(BYTES, w, at + 3 * STEP, ORDER)
                                .convertShape(B2F, FLOATS, 0))
                        .mul(s3)
                        .intoArray(tile, to + 3 * LANES);
            }
        }
    }
}
