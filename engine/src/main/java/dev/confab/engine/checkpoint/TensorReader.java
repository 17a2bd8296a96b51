package dev.confab.engine.checkpoint;

/** Reads a tensor's elements, wherever they come from. */
@FunctionalInterface
public interface TensorReader {
    /**
     * Reads consecutive elements in row-major order.
     *
     * @param start row-major position of the first element
     * @param destination where the numbers go
     * @param offset index in {@code destination} of the first
     * @param count how many elements to read
     */
    void readFloats(long start, float[] destination, int offset, int count);
}
