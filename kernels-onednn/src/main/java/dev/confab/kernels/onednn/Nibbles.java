package dev.confab.kernels.onednn;

import static dev.confab.kernels.onednn.PanelVectors.INTS;
import static dev.confab.kernels.onednn.PanelVectors.LANES;
import static dev.confab.kernels.onednn.PanelVectors.ORDER;
import static dev.confab.kernels.onednn.PanelVectors.WIDTH;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Unpacks panels of 4-bit weights, which oneDNN has no layout for, to 8 bits. Stateless. */
final class Nibbles {
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));
    /** Which quarter of the panel's outputs each nibble of an int belongs to, from the lowest; see {@code PanelLayout}. */
    private static final int[] QUARTERS = {0, 2, 0, 2, 1, 3, 1, 3};
    /** Which of two inputs. */
    private static final int[] INPUTS = {0, 0, 1, 1, 0, 0, 1, 1};

    private Nibbles() {}

    /**
     * Unpacks a panel.
     *
     * @param weights the packed panel begins at {@code offset}
     * @param inputs how many inputs: an even number
     * @param panel receives {@code [inputs][WIDTH]} bytes
     */
    static void unpack(MemorySegment weights, long offset, int inputs, MemorySegment panel) {
        for (int i = 0; i < inputs; i += 2) {
            IntVector packed = IntVector.fromMemorySegment(INTS, weights, offset + (long) i * WIDTH / 2, ORDER);
            for (int n = 0; n < 8; n++) {
                IntVector weight =
                        packed.lanewise(VectorOperators.LSHR, 4 * n).and(15).sub(8);
                long at = (long) (i + INPUTS[n]) * WIDTH + (long) QUARTERS[n] * LANES;
                ((ByteVector) weight.convertShape(VectorOperators.I2B, BYTES, 0)).intoMemorySegment(panel, at, ORDER);
            }
        }
    }
}
