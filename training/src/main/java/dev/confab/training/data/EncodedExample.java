package dev.confab.training.data;

/** One row of training data. Immutable by agreement: nobody writes into its arrays. */
final class EncodedExample {
    private final int[] ids;
    private final float[] weights;

    EncodedExample(int[] ids, float[] weights) {
        this.ids = ids;
        this.weights = weights;
    }

    /** Token ids, at least 2. */
    int[] ids() {
        return ids;
    }

    /** How much predicting each of them counts; the first is 0. */
    float[] weights() {
        return weights;
    }
}
