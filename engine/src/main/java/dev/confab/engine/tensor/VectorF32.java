package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static dev.confab.engine.tensor.VectorShapes.ORDER;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.FloatVector;

/** Products with panels of floats. */
final class VectorF32 {
    private static final int WIDTH = 4 * LANES;
    private static final long VECTOR_BYTES = 4L * LANES;
    private static final long ROW_BYTES = 4 * VECTOR_BYTES;

    private VectorF32() {}

    /** One row, two inputs at a time. */
    static void row(float[] x, int xOffset, MemorySegment w, long wOffset, int inputs, float[] y, int yOffset) {
        FloatVector a0 = FloatVector.fromArray(FLOATS, y, yOffset);
        FloatVector a1 = FloatVector.fromArray(FLOATS, y, yOffset + LANES);
        FloatVector a2 = FloatVector.fromArray(FLOATS, y, yOffset + 2 * LANES);
        FloatVector a3 = FloatVector.fromArray(FLOATS, y, yOffset + 3 * LANES);
        FloatVector b0 = FloatVector.zero(FLOATS);
        FloatVector b1 = b0;
        FloatVector b2 = b0;
        FloatVector b3 = b0;
        for (int i = 0; i < inputs; i += 2) {
            long at = wOffset + i * ROW_BYTES;
            FloatVector u = FloatVector.broadcast(FLOATS, x[xOffset + i]);
            a0 = FloatVector.fromMemorySegment(FLOATS, w, at, ORDER).fma(u, a0);
            a1 = FloatVector.fromMemorySegment(FLOATS, w, at + VECTOR_BYTES, ORDER)
                    .fma(u, a1);
            a2 = FloatVector.fromMemorySegment(FLOATS, w, at + 2 * VECTOR_BYTES, ORDER)
                    .fma(u, a2);
            a3 = FloatVector.fromMemorySegment(FLOATS, w, at + 3 * VECTOR_BYTES, ORDER)
                    .fma(u, a3);
            FloatVector v = FloatVector.broadcast(FLOATS, x[xOffset + i + 1]);
            b0 = FloatVector.fromMemorySegment(FLOATS, w, at + 4 * VECTOR_BYTES, ORDER)
                    .fma(v, b0);
            b1 = FloatVector.fromMemorySegment(FLOATS, w, at + 5 * VECTOR_BYTES, ORDER)
                    .fma(v, b1);
            b2 = FloatVector.fromMemorySegment(FLOATS, w, at + 6 * VECTOR_BYTES, ORDER)
                    .fma(v, b2);
            b3 = FloatVector.fromMemorySegment(FLOATS, w, at + 7 * VECTOR_BYTES, ORDER)
                    .fma(v, b3);
        }
        a0.add(b0).intoArray(y, yOffset);
        a1.add(b1).intoArray(y, yOffset + LANES);
        a2.add(b2).intoArray(y, yOffset + 2 * LANES);
        a3.add(b3).intoArray(y, yOffset + 3 * LANES);
    }

    /** Copies some inputs of a panel: {@code tile[input][WIDTH]}. */
    static void unpack(MemorySegment w, long wOffset, int inputs, float[] tile) {
        MemorySegment.copy(w, ValueLayout.JAVA_FLOAT, wOffset, tile, 0, inputs * WIDTH);
    }
}
