package dev.confab.engine.tensor;

/**
 * Loops over stretches of float arrays that the compiler does not vectorise by itself: sums, exponentials, activations. Stateless; usable from any thread.
 */
public interface RowKernels {
    /** Activations are computed in whole vectors: their count is a multiple of this. */
    int ACTIVATION_STEP = 64;

    /** The sum of {@code n} values. */
    float sum(float[] x, int offset, int n);

    /** The sum of the products of two stretches of {@code n} values. */
    float dot(float[] x, int xOffset, float[] y, int yOffset, int n);

    /**
     * Replaces {@code n} values by the exponentials of their distance to the largest, and zeroes those behind them up to
     * {@code padded}.
     *
     * @param padded a multiple of 32, at least {@code n}
     * @return the sum of the exponentials
     */
    float softmax(float[] scores, int offset, int n, int padded);

    /**
     * The sum of {@code exp(x[i] - max)}: a softmax's denominator.
     *
     * @param max the largest of the {@code n} values
     */
    double sumOfExponentials(float[] x, int offset, int n, float max);

    /**
     * Applies an activation in place.
     *
     * @param n a multiple of {@link #ACTIVATION_STEP}
     */
    void activate(Activation activation, float[] y, int offset, int n);

    /**
     * Multiplies gradients by an activation's derivative: {@code dy[i] *= f'(x[i])}.
     *
     * @param x what the activation was applied to
     * @param n a multiple of {@link #ACTIVATION_STEP}
     */
    void activationGradient(Activation activation, float[] x, int xOffset, float[] dy, int dyOffset, int n);
}
