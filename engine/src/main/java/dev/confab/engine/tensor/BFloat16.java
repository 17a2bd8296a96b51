package dev.confab.engine.tensor;

/** The upper half of a 32-bit float. */
final class BFloat16 {
    private BFloat16() {}

    /** The nearest bf16, ties to even. Infinities stay, NaN stays NaN. */
    static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    /** The float with this upper half. */
    static float toFloat(short value) {
        return Float.intBitsToFloat(value << 16);
    }
}
