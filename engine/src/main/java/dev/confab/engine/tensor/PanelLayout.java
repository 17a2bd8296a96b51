package dev.confab.engine.tensor;

/**
 * The panel layout: weights of {@code P} neighbouring outputs side by side, input after input, so that a product reads
 * memory in one sequential stream and multiplies {@code P} outputs with one broadcast input.
 *
 * <ul>
 *   <li>f32: {@code [panel][input][P]} floats.
 *   <li>bf16: {@code [panel][input][P/2]} ints, int {@code i} holds output {@code i} in its low and output
 *       {@code P/2 + i} in its high half.
 *   <li>q8: {@code [panel][input][P]} bytes; scales {@code [panel][input / 64][P]}.
 *   <li>q4: {@code [panel][input / 2][P/2]} shorts of four nibbles, from the lowest: first input of output {@code a},
 *       first of {@code b}, second of {@code a}, second of {@code b}. Short {@code 2j} has {@code a = j},
 *       {@code b = P/2 + j}; short {@code 2j + 1} has {@code a = P/4 + j}, {@code b = 3P/4 + j}. A nibble is the weight
 *       plus 8; scales as in q8.
 * </ul>
 *
 * <p>Outputs are padded with zeros to a multiple of 64, inputs likewise.
 *
 * @param width {@code P}, the outputs of a panel: a multiple of 16 and a divisor of 64
 */
public record PanelLayout(int width) {
    /** Checks the width. */
    public PanelLayout {
        if (width < 16 || Matrix.ALIGNMENT % width != 0) {
            throw new IllegalArgumentException("panels of " + width + " outputs");
        }
    }

    /** The layout's name, which is part of the identity of converted weights. */
    public String name() {
        return "panel" + width;
    }

    /** How many panels a matrix has. */
    public int count(PackedShape shape) {
        return shape.paddedOutputs() / width;
    }

    /** Where a panel's weights begin, in bytes. */
    public long weightOffset(PackedShape shape, int panel) {
        return (long) panel * shape.paddedInputs() * width * shape.format().bits() / 8;
    }

    /** Where a panel's scales begin, in bytes; meaningful for quantised formats only. */
    public long scaleOffset(PackedShape shape, int panel) {
        return (long) panel * (shape.paddedInputs() / WeightFormat.GROUP) * width * Float.BYTES;
    }
}
