package dev.confab.engine.tensor;

import org.jspecify.annotations.Nullable;

/**
 * The operations of a transformer on a kernel set and its workers. Holds scratch memory: one thread at a time. No method
 * allocates.
 */
public interface Operations {
    /** What becomes of a product. */
    enum Into {
        /** It replaces what was there. */
        REPLACE,
        /** It is added to what was there. */
        ADD
    }

    /**
     * A linear layer: {@code y = activation(x * weights^T + bias)}, or {@code y += x * weights^T + bias}.
     *
     * @param weights {@code [outputs, inputs]}
     * @param bias padded to {@link PackedShape#paddedOutputs()}, or null
     * @param x {@code [rows, inputs]}
     * @param y {@code [rows, outputs]}, its stride at least the padded outputs
     * @param rows how many rows, from the first
     * @param activation applied after the bias
     */
    void multiply(
            PackedMatrix weights,
            float @Nullable [] bias,
            Matrix x,
            Matrix y,
            int rows,
            Into into,
            Activation activation);

    /**
     * Normalises each row to mean 0 and variance 1, then scales and shifts it.
     *
     * @param gain {@code [columns]}
     * @param bias {@code [columns]}
     */
    void layerNorm(Matrix x, float[] gain, float[] bias, float epsilon, Matrix y, int rows);

    /**
     * Stores the new keys and values and attends to all positions up to each token's own.
     *
     * @param qkv {@code [rows, 3 * heads * headSize]}: queries, keys, values; the queries are scaled in place
     * @param scale what queries are multiplied with
     * @param out {@code [rows, heads * headSize]}
     */
    void attend(Matrix qkv, AttentionBatch batch, KeyValueLayout layout, int layer, float scale, Matrix out);

    /**
     * The weights of one output as floats: a token's embedding, where the matrix is tied to the output layer.
     *
     * @param destination receives {@code inputs} floats from {@code offset}
     */
    void unpackRow(PackedMatrix weights, int output, float[] destination, int offset);
}
