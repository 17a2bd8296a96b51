package dev.confab.kernels.onednn;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Adds what oneDNN has computed for a panel to the engine's matrices. Stateless. */
final class PanelVectors {
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    static final int LANES = FLOATS.length();
    /** Outputs of a panel: the engine's vector kernels use four vectors. */
    static final int WIDTH = 4 * LANES;

    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private static final long VECTOR_BYTES = 4L * LANES;
    private static final VectorShuffle<Float> EVEN = VectorShuffle.makeUnzip(FLOATS, 0);
    private static final VectorShuffle<Float> ODD = VectorShuffle.makeUnzip(FLOATS, 1);

    private PanelVectors() {}

    /** Adds a row of sums in the order of the outputs. */
    static void add(MemorySegment sums, long offset, float[] y, int yOffset) {
        for (int v = 0; v < 4; v++) {
            int at = yOffset + v * LANES;
            FloatVector.fromMemorySegment(FLOATS, sums, offset + v * VECTOR_BYTES, ORDER)
                    .add(FloatVector.fromArray(FLOATS, y, at))
                    .intoArray(y, at);
        }
    }

    /** Adds a row of sums of which each second belongs to the panel's latter half, as in bf16 panels. */
    static void addInterleaved(MemorySegment sums, long offset, float[] y, int yOffset) {
        for (int v = 0; v < 2; v++) {
            FloatVector a = FloatVector.fromMemorySegment(FLOATS, sums, offset + 2L * v * VECTOR_BYTES, ORDER);
            FloatVector b = FloatVector.fromMemorySegment(FLOATS, sums, offset + (2L * v + 1) * VECTOR_BYTES, ORDER);
            int first = yOffset + v * LANES;
            int second = first + 2 * LANES;
            a.rearrange(EVEN, b).add(FloatVector.fromArray(FLOATS, y, first)).intoArray(y, first);
            a.rearrange(ODD, b).add(FloatVector.fromArray(FLOATS, y, second)).intoArray(y, second);
        }
    }

    /**
     * Adds a row of integer sums, each group of inputs with its scales.
     *
     * @param sums {@code [group][row][WIDTH]} integers, of activations that were made positive by {@code 1 << shift}; the
     *     last row of each group has the sums of the weights alone
     * @param row which row
     * @param rows how many there are with the last
     * @param weightScales {@code [group][WIDTH]} floats from {@code weightOffset}
     * @param scales the activations' scales, {@code [group]} from {@code scaleOffset}
     */
    static void addScaled(
            MemorySegment sums,
            int groups,
            int row,
            int rows,
            int shift,
            MemorySegment weightScales,
            long weightOffset,
            float[] scales,
            int scaleOffset,
            float[] y,
            int yOffset) {
        long rowBytes = 4 * VECTOR_BYTES;
        for (int v = 0; v < 4; v++) {
            long in = v * VECTOR_BYTES;
            int at = yOffset + v * LANES;
            FloatVector sum = FloatVector.fromArray(FLOATS, y, at);
            for (int g = 0; g < groups; g++) {
                long group = (long) g * rows * rowBytes + in;
                IntVector ofWeights = IntVector.fromMemorySegment(INTS, sums, group + (rows - 1) * rowBytes, ORDER);
                IntVector products = IntVector.fromMemorySegment(INTS, sums, group + row * rowBytes, ORDER)
                        .sub(ofWeights.lanewise(VectorOperators.LSHL, shift));
                FloatVector scale =
                        FloatVector.fromMemorySegment(FLOATS, weightScales, weightOffset + g * rowBytes + in, ORDER);
                sum = ((FloatVector) products.convert(VectorOperators.I2F, 0))
                        .mul(scale)
                        .fma(FloatVector.broadcast(FLOATS, scales[scaleOffset + g]), sum);
            }
            sum.intoArray(y, at);
        }
    }
}
