package dev.confab.engine.tensor;

import dev.confab.engine.error.ConfabException;
import java.util.Locale;

/** The number format that weight matrices are held and multiplied in. */
public enum WeightFormat {
    /** 32-bit floats: exact, four bytes a weight. */
    F32(32),
    /** The upper half of a 32-bit float: eight bits of precision, two bytes a weight. */
    BF16(16),
    /** Signed 8-bit integers with one 32-bit scale for each {@link #GROUP} inputs of an output. */
    Q8(8),
    /** Signed 4-bit integers with one 32-bit scale for each {@link #GROUP} inputs of an output. */
    Q4(4);

    /** How many inputs of one output share a scale in the integer formats. */
    public static final int GROUP = 64;

    private final int bits;

    WeightFormat(int bits) {
        this.bits = bits;
    }

    /** Bits that one weight takes, scales not counted. */
    public int bits() {
        return bits;
    }

    /** Whether weights are integers that share scales. */
    public boolean isQuantized() {
        return this == Q8 || this == Q4;
    }

    /** The name that users write: {@code f32}, {@code bf16}, {@code q8}, {@code q4}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format with this label.
     *
     * @throws ConfabException if there is none
     */
    public static WeightFormat of(String label) {
        for (WeightFormat format : values()) {
            if (format.label().equalsIgnoreCase(label)) {
                return format;
            }
        }
        throw new ConfabException("weights: no format '" + label + "'; choose f32, bf16, q8 or q4");
    }
}
