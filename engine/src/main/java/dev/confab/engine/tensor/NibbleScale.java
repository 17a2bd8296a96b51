package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.WeightFormat.GROUP;

/**
 * Chooses the scale of a group of 4-bit weights, -8 to 7.
 *
 * <p>The weight of the largest magnitude is mapped to -8, whatever its sign (so a scale may be negative), as that uses
 * all sixteen steps. Slightly smaller scales clip that weight and resolve the others better: of some, the one with the
 * least squared error wins.
 */
final class NibbleScale {
    private static final float[] SHRINK = {1f, 0.94f, 0.88f, 0.82f, 0.76f};

    private NibbleScale() {}

    /** The best scale for the weights {@code tile[first + i * stride]}; 0 if all of them are 0. */
    static float best(float[] tile, int first, int stride) {
        float extreme = 0;
        for (int i = 0; i < GROUP; i++) {
            float w = tile[first + i * stride];
            if (Math.abs(w) > Math.abs(extreme)) {
                extreme = w;
            }
        }
        if (extreme == 0) {
            return 0;
        }
        float best = extreme / -8;
        float leastError = Float.MAX_VALUE;
        for (float shrink : SHRINK) {
            float scale = extreme / -8 * shrink;
            float error = squaredError(tile, first, stride, scale);
            if (error < leastError) {
                leastError = error;
                best = scale;
            }
        }
        return best;
    }

    private static float squaredError(float[] tile, int first, int stride, float scale) {
        float inverse = 1 / scale;
        float error = 0;
        for (int i = 0; i < GROUP; i++) {
            float w = tile[first + i * stride];
            float difference = w - round(w * inverse) * scale;
            error += difference * difference;
        }
        return error;
    }

    /** The nearest of -8 to 7. */
    static int round(float value) {
        return Math.clamp(Math.round(value), -8, 7);
    }
}
