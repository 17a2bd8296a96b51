package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.INTS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;
import static jdk.incubator.vector.VectorOperators.LSHL;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Products with bf16 panels: an int holds two weights, which a shift and a mask turn into floats. */
final class VectorBf16 {
    private static final int WIDTH = 4 * LANES;
    private static final long VECTOR_BYTES = 4L * LANES;
    private static final long ROW_BYTES = 2 * VECTOR_BYTES;
    private static final int HIGH_HALF = 0xFFFF_0000;

    private VectorBf16() {}

    /** One row, two inputs at a time. */
    static void row(float[] x, int xOffset, MemorySegment w, long wOffset, int inputs, float[] y, int yOffset) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        FloatVector b0 = FloatVector.zero(FLOATS);
        FloatVector b1 = FloatVector.zero(FLOATS);
        FloatVector b2 = FloatVector.zero(FLOATS);
        FloatVector b3 = FloatVector.zero(FLOATS);
        for (int i = 0; i < inputs; i += 2) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            IntVector p = IntVector.fromMemorySegment(INTS, w, at, ORDER);
            IntVector q = IntVector.fromMemorySegment(INTS, w, at + VECTOR_BYTES, ORDER);
            a0 = p.lanewise(LSHL, 16).reinterpretAsFloats().fma(u, a0);
            a1 = q.lanewise(LSHL, 16).reinterpretAsFloats().fma(u, a1);
            a2 = p.and(HIGH_HALF).reinterpretAsFloats().fma(u, a2);
            a3 = q.and(HIGH_HALF).reinterpretAsFloats().fma(u, a3);
            FloatVector v = FloatVector.broadcast(FLOATS, x[xOffset + i + 1]);
            IntVector r = IntVector.fromMemorySegment(INTS, w, at + 2 * VECTOR_BYTES, ORDER);
            IntVector s = IntVector.fromMemorySegment(INTS, w, at + 3 * VECTOR_BYTES, ORDER);
            b0 = r.lanewise(LSHL, 16).reinterpretAsFloats().fma(v, b0);
            b1 = s.lanewise(LSHL, 16).reinterpretAsFloats().fma(v, b1);
            b2 = r.and(HIGH_HALF).reinterpretAsFloats().fma(v, b2);
            b3 = s.and(HIGH_HALF).reinterpretAsFloats().fma(v, b3);
        }
        a0.add(b0).intoArray(y, yOffset);
        a1.add(b1).intoArray(y, yOffset + LANES);
        a2.add(b2).intoArray(y, yOffset + 2 * LANES);
        a3.add(b3).intoArray(y, yOffset + 3 * LANES);
    }

    /** Widens some inputs of a panel to floats: {@code tile[input][WIDTH]}. */
    static void unpack(MemorySegment w, long wOffset, int inputs, float[] tile) {
        for (int i = 0; i < inputs; i++) {
            long at = wOffset + i * ROW_BYTES;
            int to = i * WIDTH;
            IntVector p = IntVector.fromMemorySegment(INTS, w, at, ORDER);
            IntVector q = IntVector.fromMemorySegment(INTS, w, at + VECTOR_BYTES, ORDER);
            p.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(tile, to);
            q.lanewise(LSHL, 16).reinterpretAsFloats().intoArray(tile, to + LANES);
            p.and(HIGH_HALF).reinterpretAsFloats().intoArray(tile, to + 2 * LANES);
            q.and(HIGH_HALF).reinterpretAsFloats().intoArray(tile, to + 3 * LANES);
        }
    }
}
