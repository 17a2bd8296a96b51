package dev.confab.engine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * The weights of a linear layer in a kernel set's own layout, off the heap. Immutable once packed; usable from any
 * thread as long as the memory behind it lives.
 *
 * @param shape what it holds
 * @param weights the packed weights
 * @param scales the scales of the quantised formats; empty for the others
 */
public record PackedMatrix(PackedShape shape, MemorySegment weights, MemorySegment scales) {
    /** How many outputs the layer has. */
    public int outputs() {
        return shape.outputs();
    }

    /** How many inputs the layer has. */
    public int inputs() {
        return shape.inputs();
    }

    /** The format of the weights. */
    public WeightFormat format() {
        return shape.format();
    }
}
