package dev.confab.engine.model;

import dev.confab.engine.tensor.MatrixSource;

/** Where a model's weights come from, by their canonical names: a checkpoint, or chance for benchmarks. */
interface WeightSource {
    /** A matrix stored as {@code [outputs, inputs]}: an embedding, or a head of its own. */
    MatrixSource embedding(String name, int outputs, int inputs);

    /** A matrix stored as {@code [inputs, outputs]}: a linear layer, which GPT-2 calls Conv1D. */
    MatrixSource linear(String name, int outputs, int inputs);

    /** Checks that a vector is there and has this size. */
    void requireVector(String name, int size);

    /** A vector. */
    float[] vector(String name, int size);

    /** Called when a tensor has been read for the last time. */
    void release(String name);
}
