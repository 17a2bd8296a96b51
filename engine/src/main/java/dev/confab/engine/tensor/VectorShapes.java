package dev.confab.engine.tensor;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector shapes of this process, chosen once: what the processor prefers, between 128 and 512 bits. The system
 * property {@value #BITS_PROPERTY} overrides it, so that tests can run every width anywhere.
 */
final class VectorShapes {
    static final String BITS_PROPERTY = "confab.vector.bits";

    static final int BITS = bits();

    static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, VectorShape.forBitSize(BITS));
    static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);
    static final VectorSpecies<Short> SHORTS = FLOATS.withLanes(short.class);
    /** As many bytes as there are float lanes; with four lanes the smallest species, of which half is used. */
    static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, BITS / 4)));

    /** Lanes of a float vector. */
    static final int LANES = FLOATS.length();

    static final ByteOrder ORDER = ByteOrder.nativeOrder();

    /** Whether the processor has 32 vector registers: with AVX-512 and on Arm; otherwise 16. */
    static final boolean HAS_32_REGISTERS =
            BITS == 512 || System.getProperty("os.arch", "").equals("aarch64");

    private VectorShapes() {}

    private static int bits() {
        int preferred = FloatVector.SPECIES_PREFERRED.vectorBitSize();
        int wanted = Integer.getInteger(BITS_PROPERTY, preferred);
        return Math.clamp(Integer.highestOneBit(wanted), 128, 512);
    }
}
