package dev.confab.engine.tensor;

/**
 * The weights {@code w[output][input]} of a linear layer as they come from a checkpoint, on their way to packing.
 *
 * @param outputs how many outputs the layer has
 * @param inputs how many inputs the layer has
 * @param reader reads the weights
 */
public record MatrixSource(int outputs, int inputs, Reader reader) {
    /** Reads weights; called from several threads at once. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads the weights of some neighbouring outputs.
         *
         * @param firstOutput the first of them
         * @param count how many
         * @param tile receives {@code tile[input * stride + (output - firstOutput)]}
         * @param stride at least {@code count}
         */
        void read(int firstOutput, int count, float[] tile, int stride);
    }
}
