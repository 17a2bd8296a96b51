package dev.confab.training.gradient;

import java.util.List;

/**
 * A tensor of a model that is trained: a stretch of one array that holds them all.
 *
 * @param name its canonical name in checkpoints, without the prefix {@code transformer.}
 * @param shape its dimensions
 * @param offset where it begins in the array
 */
public record Parameter(String name, List<Integer> shape, int offset) {
    /** Copies the shape. */
    public Parameter {
        shape = List.copyOf(shape);
    }

    /** How many numbers it has. */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** Where the next parameter begins. */
    public int end() {
        return offset + size();
    }

    /** Whether weight decay applies: to matrices and embeddings, not to biases and layer norms. */
    public boolean decays() {
        return shape.size() > 1;
    }
}
