package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.INTS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;
import static dev.confab.engine.tensor.VectorShapes.SHORTS;
import static dev.confab.engine.tensor.WeightFormat.GROUP;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;

/**
 * Products with 4-bit panels. A single row is quantised to 8 bits too, and multiplied in 16-bit lanes, which takes a
 * quarter of the instructions that floats would.
 *
 * <p>A nibble is at most 15 and an 8-bit input at most 127, so the products of 16 inputs fit into 16 bits: after that
 * many, sums are widened to 32. Nibbles are stored plus 8, which the sum of a group's inputs takes back.
 *
 * <p>Expressions repeat where a helper would read better: in methods with this many vector operations the compiler's
 * budget for inlining is spent, and a vector that crosses a call is put on the heap.
 */
final class VectorQ4 {
    private static final int WIDTH = 4 * LANES;
    private static final long VECTOR_BYTES = 4L * LANES;
    /** Bytes of two inputs of a panel: one vector. */
    private static final long PAIR_BYTES = WIDTH;

    private static final int INPUTS_IN_16_BITS = 16;
    private static final short NIBBLE = 15;

    private VectorQ4() {}

    /**
     * One row.
     *
     * @param x its 8-bit form, from {@code xOffset} on
     * @param xScales what each group of 64 inputs is multiplied with
     * @param xSums each group's sum of 8-bit numbers
     * @param group the index of the row's first group in {@code xScales} and {@code xSums}
     */
    static void row(
            short[] x,
            int xOffset,
            float[] xScales,
            float[] xSums,
            int group,
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
            IntVector n0 = IntVector.zero(INTS);
            IntVector n1 = n0;
            IntVector n2 = n0;
            IntVector n3 = n0;
            for (int h = g; h < g + GROUP; h += INPUTS_IN_16_BITS) {
                ShortVector a = ShortVector.zero(SHORTS);
                ShortVector b = a;
                for (int i = h; i < h + INPUTS_IN_16_BITS; i += 2) {
                    ShortVector q = ShortVector.fromMemorySegment(SHORTS, w, wOffset + i / 2 * PAIR_BYTES, ORDER);
                    ShortVector u = ShortVector.broadcast(SHORTS, x[xOffset + i]);
                    ShortVector v = ShortVector.broadcast(SHORTS, x[xOffset + i + 1]);
                    a = q.and(NIBBLE).mul(u).add(a);
                    b = q.lanewise(LSHR, 4).and(NIBBLE).mul(u).add(b);
                    a = q.lanewise(LSHR, 8).and(NIBBLE).mul(v).add(a);
                    b = q.lanewise(LSHR, 12).mul(v).add(b);
                }
                IntVector ai = a.reinterpretAsInts();
                IntVector bi = b.reinterpretAsInts();
                n0 = n0.add(ai.lanewise(LSHL, 16).lanewise(ASHR, 16));
                n1 = n1.add(ai.lanewise(ASHR, 16));
                n2 = n2.add(bi.lanewise(LSHL, 16).lanewise(ASHR, 16));
                n3 = n3.add(bi.lanewise(ASHR, 16));
            }
            int xGroup = group + g / GROUP;
            FloatVector scale = FloatVector.broadcast(FLOATS, xScales[xGroup]);
            FloatVector eights = FloatVector.broadcast(FLOATS, -8 * xSums[xGroup]);
            long so = sOffset + (long) (g / GROUP) * WIDTH * Float.BYTES;
            FloatVector s0 = FloatVector.fromMemorySegment(FLOATS, s, so, ORDER);
            FloatVector s1 = FloatVector.fromMemorySegment(FLOATS, s, so + VECTOR_BYTES, ORDER);
            FloatVector s2 = FloatVector.fromMemorySegment(FLOATS, s, so + 2 * VECTOR_BYTES, ORDER);
            FloatVector s3 = FloatVector.fromMemorySegment(FLOATS, s, so + 3 * VECTOR_BYTES, ORDER);
            t0 = ((FloatVector) n0.convertShape(I2F, FLOATS, 0))
                    .add(eights)
                    .mul(scale)
                    .fma(s0, t0);
            t1 = ((FloatVector) n1.convertShape(I2F, FLOATS, 0))
                    .add(eights)
                    .mul(scale)
                    .fma(s1, t1);
            t2 = ((FloatVector) n2.convertShape(I2F, FLOATS, 0))
                    .add(eights)
                    .mul(scale)
                    .fma(s2, t2);
            t3 = ((FloatVector) n3.convertShape(I2F, FLOATS, 0))
                    .add(eights)
                    .mul(scale)
                    .fma(s3, t3);
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
            for (int i = g; i < g + GROUP; i += 2) {
                IntVector q = IntVector.fromMemorySegment(INTS, w, wOffset + i / 2 * PAIR_BYTES, ORDER);
                int to = i * WIDTH;
                ((FloatVector) q.and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s0)
                        .intoArray(tile, to);
                ((FloatVector) q.lanewise(LSHR, 16).and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s1)
                        .intoArray(tile, to + LANES);
                ((FloatVector) q.lanewise(LSHR, 4).and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s2)
                        .intoArray(tile, to + 2 * LANES);
                ((FloatVector) q.lanewise(LSHR, 20).and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s3)
                        .intoArray(tile, to + 3 * LANES);
                ((FloatVector) q.lanewise(LSHR, 8).and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s0)
                        .intoArray(tile, to + 4 * LANES);
                ((FloatVector) q.lanewise(LSHR, 24).and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s1)
                        .intoArray(tile, to + 5 * LANES);
                ((FloatVector) q.lanewise(LSHR, 12).and(15).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s2)
                        .intoArray(tile, to + 6 * LANES);
                ((FloatVector) q.lanewise(LSHR, 28).sub(8).convertShape(I2F, FLOATS, 0))
                        .mul(s3)
                        .intoArray(tile, to + 7 * LANES);
            }
        }
    }
}
