package dev.confab.engine.tensor;

/**
 * Chooses the scale of a group of 8-bit weights, -127 to 127: the weight of the largest magnitude is mapped to one of the
 * ends.
 *
 * <p>A scale has 17 significant bits, so that its products with 8-bit integers are exact as floats, and so is the way
 * back: weights that were rounded once have the same scale and the same integers when they are rounded again. That is
 * what lets a checkpoint of 8-bit weights be read as floats and packed like any other. Stateless.
 */
public final class ByteScale {
    private static final int LAST_INTEGER = 127;
    private static final int SURPLUS_BITS = 0x7F;

    private ByteScale() {}

    /**
     * The scale of a group.
     *
     * @param largest the largest magnitude in the group
     * @return 0 where it is 0, or too small for a float to have a full mantissa
     */
    public static float of(float largest) {
        // Rounded down: the largest weight is 127.002 steps at most, which still rounds to 127.
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(largest / LAST_INTEGER) & ~SURPLUS_BITS);
        return scale < Float.MIN_NORMAL ? 0 : scale;
    }

    /** What weights are multiplied with before they are {@linkplain #round rounded}; 0 for a scale of 0. */
    public static float inverse(float scale) {
        return scale == 0 ? 0 : 1 / scale;
    }

    /** The integer of a weight, -127 to 127. */
    public static byte round(float weight, float inverse) {
        return (byte) Math.round(weight * inverse);
    }
}
