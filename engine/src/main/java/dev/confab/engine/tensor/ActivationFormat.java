package dev.confab.engine.tensor;

import dev.confab.engine.error.ConfabException;
import java.util.Locale;

/**
 * How far a kernel set may round activations before it multiplies them. Coarser numbers are multiplied several times as
 * fast by processors that have instructions for them. The engine's own kernel sets need no permission and round nothing,
 * with one exception: a single row with {@link WeightFormat#Q4} is always multiplied in 8 bits.
 */
public enum ActivationFormat {
    /**
     * So little that the weights' own rounding is what counts: {@code f32} beside f32 weights, {@code bf16} beside bf16 and
     * q8, {@code int8} beside q4.
     */
    AUTO,
    /** Not at all. */
    F32,
    /** To eight bits of precision. */
    BF16,
    /** To 8-bit integers, each group of {@link WeightFormat#GROUP} inputs of a token with a scale of its own. */
    INT8;

    /** The name that users write: {@code auto}, {@code f32}, {@code bf16}, {@code int8}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What this means beside weights of a format: never {@link #AUTO}. */
    public ActivationFormat beside(WeightFormat weights) {
        if (this != AUTO) {
            return this;
        }
        return switch (weights) {
            case F32 -> F32;
            case BF16, Q8 -> BF16;
            case Q4 -> INT8;
        };
    }

    /**
     * The format with this label.
     *
     * @throws ConfabException if there is none
     */
    public static ActivationFormat of(String label) {
        for (ActivationFormat format : values()) {
            if (format.label().equalsIgnoreCase(label)) {
                return format;
            }
        }
        throw new ConfabException("activations: no format '" + label + "'; choose auto, f32, bf16 or int8");
    }
}
