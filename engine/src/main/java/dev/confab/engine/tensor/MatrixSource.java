package dev.confab.engine.tensor;

/** The weights {@code w[output][input]} of a linear layer as they come from a checkpoint, on their way to packing. */
public interface MatrixSource {
    /** How many outputs the layer has. */
    int outputs();

    /** How many inputs the layer has. */
    int inputs();

    /**
     * Reads the weights of some neighbouring outputs, called from several threads at once.
     *
     * @param firstOutput the first of them
     * @param count how many
     * @param tile receives {@code tile[input * stride + (output - firstOutput)]}
     * @param stride at least {@code count}
     */
    void read(int firstOutput, int count, float[] tile, int stride);
}
