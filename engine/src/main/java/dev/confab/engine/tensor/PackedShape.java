package dev.confab.engine.tensor;

/**
 * The size of a packed matrix: outputs in panels, inputs in groups, both padded to multiples of 64.
 *
 * @param outputs how many outputs the layer has
 * @param inputs how many inputs the layer has
 * @param format the format of the weights
 */
public record PackedShape(int outputs, int inputs, WeightFormat format) {
    /** Readable bytes behind the last weight: a narrow vector load may run over the end by less than this. */
    static final int SLACK = 64;

    /** Checks that the sizes are positive. */
    public PackedShape {
        if (outputs < 1 || inputs < 1) {
            throw new IllegalArgumentException("a matrix of " + outputs + " outputs and " + inputs + " inputs");
        }
    }

    /** Outputs with padding. */
    public int paddedOutputs() {
        return Matrix.padded(outputs);
    }

    /** Inputs with padding. */
    public int paddedInputs() {
        return Matrix.padded(inputs);
    }

    /** Bytes that the weights take. */
    public long weightBytes() {
        return (long) paddedOutputs() * paddedInputs() * format.bits() / 8 + SLACK;
    }

    /** Bytes that the scales take; 0 for formats without. */
    public long scaleBytes() {
        return format.isQuantized() ? (long) paddedOutputs() * (paddedInputs() / WeightFormat.GROUP) * Float.BYTES : 0;
    }
}
