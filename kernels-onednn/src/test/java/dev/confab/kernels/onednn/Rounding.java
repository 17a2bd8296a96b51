package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.WeightFormat;
import java.util.Locale;

/** What becomes of activations before weights are multiplied with them, in software and number by number. */
enum Rounding {
    NONE,
    BF16,
    EIGHT_BITS_IN_GROUPS,
    SEVEN_BITS_IN_GROUPS,
    EIGHT_BITS_IN_ROWS;

    /** That of an arithmetic on this processor. */
    static Rounding of(Arithmetic arithmetic) {
        return switch (arithmetic.activations()) {
            case INT8 -> ofIntegers();
            case BF16 -> BF16;
            case F32, AUTO -> NONE;
        };
    }

    /** That of {@link Arithmetic#INT8} on this processor. */
    static Rounding ofIntegers() {
        return ProcessorFeatures.ofThisMachine().hasVnni() ? EIGHT_BITS_IN_GROUPS : SEVEN_BITS_IN_GROUPS;
    }

    /** Rounds a row, {@code [offset, offset + length)}, in place. */
    void round(float[] values, int offset, int length) {
        switch (this) {
            case NONE -> {}
            case BF16 -> {
                for (int i = offset; i < offset + length; i++) {
                    values[i] = toBf16(values[i]);
                }
            }
            case EIGHT_BITS_IN_GROUPS -> toIntegers(values, offset, length, WeightFormat.GROUP, 127);
            case SEVEN_BITS_IN_GROUPS -> toIntegers(values, offset, length, WeightFormat.GROUP, 63);
            case EIGHT_BITS_IN_ROWS -> toIntegers(values, offset, length, length, 127);
        }
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** To the nearest, ties to even. */
    private static float toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.intBitsToFloat((bits + 0x7FFF + (bits >>> 16 & 1)) & 0xFFFF_0000);
    }

    private static void toIntegers(float[] values, int offset, int length, int group, int last) {
        for (int first = offset; first < offset + length; first += group) {
            int end = Math.min(first + group, offset + length);
            float largest = 0;
            for (int i = first; i < end; i++) {
                largest = Math.max(largest, Math.abs(values[i]));
            }
            for (int i = first; i < end && largest > 0; i++) {
                values[i] = (float) Math.rint(values[i] * (last / largest)) * (largest / last);
            }
        }
    }
}
