package dev.confab.engine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * The inner loops of a kernel set on panels (see {@link PanelLayout}); {@link PanelOperations} does the rest for each of
 * them: splitting, biases, attention's bookkeeping. Stateless.
 */
interface PanelKernels extends RowKernels {
    /** Outputs in a panel: a divisor of 64. */
    int panelWidth();

    /**
     * Adds the product of some rows with one panel: {@code y[r][o] += sum over i of x[r][i] * w[o][i]}.
     *
     * @param weights the matrix
     * @param panel the number of the panel
     * @param input the rows
     * @param rows how many
     * @param y where the panel's first output of the first row is {@code y[yOffset]}
     * @param tile scratch of {@link MultiplyTask#TILE_INPUTS} x panel width floats, this worker's own
     */
    void multiply(
            PackedMatrix weights,
            int panel,
            PanelInput input,
            int rows,
            float[] y,
            int yOffset,
            int yStride,
            float[] tile);

    /**
     * Adds a product: {@code y[r][o] += sum over i of x[r][i] * tile[i][o]}.
     *
     * @param rows how many rows
     * @param tile {@code [inputs, panel width]}
     */
    void multiply(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] tile,
            int inputs,
            float[] y,
            int yOffset,
            int yStride);

    /** Readies {@code input} for products with matrices of {@code format}, once for all panels. */
    void prepare(PanelInput input, WeightFormat format);

    /** Normalises a row of {@code n} values. */
    void layerNorm(float[] x, int xOffset, float[] gain, float[] bias, float epsilon, float[] y, int yOffset, int n);

    /**
     * Products of one to four queries with the 32 keys of a block.
     *
     * @param keys where the head's keys begin in {@code block}
     * @param scores receives 32 products for each query, {@code scoreStride} apart
     */
    void scores(
            KeyValueLayout layout,
            MemorySegment block,
            long keys,
            float[] queries,
            int queryOffset,
            int queryStride,
            int count,
            float[] scores,
            int scoreOffset,
            int scoreStride);

    /**
     * Adds the first {@code positions} values of a block, weighted by one to four rows of probabilities.
     *
     * @param values where the head's values begin in {@code block}
     * @param out receives the padded head size of floats for each row, {@code outStride} apart
     */
    void values(
            KeyValueLayout layout,
            MemorySegment block,
            long values,
            int positions,
            float[] probabilities,
            int probabilityOffset,
            int probabilityStride,
            int count,
            float[] out,
            int outOffset,
            int outStride);
}
