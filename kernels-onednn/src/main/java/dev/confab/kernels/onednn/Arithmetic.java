package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.WeightFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Ways to multiply rows with a panel: what activations are rounded to, and what the panel's weights are. From the fastest
 * to the slowest, where a processor has units for all of them.
 */
enum Arithmetic {
    /** 8-bit integers, added up as such for each group of inputs; the scales are applied to the sums. */
    INT8(ActivationFormat.INT8, Dnnl.U8, Dnnl.S8),
    /** bf16 activations and weights. */
    BF16(ActivationFormat.BF16, Dnnl.BF16, Dnnl.BF16),
    /** bf16 activations; 8-bit weights become bf16 on their way. */
    BF16_INT8(ActivationFormat.BF16, Dnnl.BF16, Dnnl.S8),
    /** Floats. */
    F32(ActivationFormat.F32, Dnnl.F32, Dnnl.F32),
    /** Float activations; bf16 weights become floats on their way. */
    F32_BF16(ActivationFormat.F32, Dnnl.F32, Dnnl.BF16),
    /** Float activations; 8-bit weights become floats on their way. */
    F32_INT8(ActivationFormat.F32, Dnnl.F32, Dnnl.S8);

    private static final int INT8_ROWS = 64;
    private static final int FLOAT_ROWS = 128;

    private final ActivationFormat activations;
    private final int sourceType;
    private final int weightType;

    Arithmetic(ActivationFormat activations, int sourceType, int weightType) {
        this.activations = activations;
        this.sourceType = sourceType;
        this.weightType = weightType;
    }

    /** Those that can multiply weights of a format, rounding activations no further than allowed. */
    static List<Arithmetic> of(WeightFormat weights, ActivationFormat coarsest) {
        int type = switch (weights) {
            case F32 -> Dnnl.F32;
            case BF16 -> Dnnl.BF16;
            case Q8, Q4 -> Dnnl.S8;
        };
        return Arrays.stream(values())
                .filter(a -> a.weightType == type && a.activations.compareTo(coarsest) <= 0)
                .toList();
    }

    ActivationFormat activations() {
        return activations;
    }

    int sourceType() {
        return sourceType;
    }

    int weightType() {
        return weightType;
    }

    /** Bytes of an activation. */
    int sourceBytes() {
        return switch (activations) {
            case INT8 -> Byte.BYTES;
            case BF16 -> Short.BYTES;
            case F32, AUTO -> Float.BYTES;
        };
    }

    /** Whether weights have scales that oneDNN applies. */
    boolean scalesWeights() {
        return weightType == Dnnl.S8 && this != INT8;
    }

    /**
     * The most rows of one call. Sums of integers take sixteen times the room, one for each group of inputs, and should
     * stay in a core's cache.
     */
    int mostRows() {
        return this == INT8 ? INT8_ROWS : FLOAT_ROWS;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
