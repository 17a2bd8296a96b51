package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Layer norm, softmax and GPT-2's activation in vectors. */
final class VectorMath {
    private static final float LOG2_E = 1.442695f;
    /** Adding 1.5 * 2^23 rounds to an integer and leaves it in the lowest bits. */
    private static final float ROUNDER = 12_582_912f;
    /** The logarithm of 2 in two parts, the first exact when multiplied with a small integer. */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -2.1219444e-4f;
    /** Below this exponentials would leave the normal floats. */
    private static final float LEAST_EXPONENT = -87f;

    /** 2 * sqrt(2 / pi): GELU by tanh is x * sigmoid(this * (x + 0.044715 x^3)). */
    private static final float GELU_SLOPE = 1.5957692f;

    private static final float GELU_CUBE = 0.044715f;

    private VectorMath() {}

    /** e^x for x between {@value #LEAST_EXPONENT} and 88, to 2e-7: Cephes' polynomial after reduction by powers of 2. */
    private static FloatVector exp(FloatVector x) {
        FloatVector shifted = x.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
        FloatVector n = shifted.sub(ROUNDER);
        FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
        FloatVector p =
                r.fma(FloatVector.broadcast(FLOATS, 1.9875691e-4f), FloatVector.broadcast(FLOATS, 1.3981999e-3f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 8.333452e-3f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 4.1665796e-2f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 1.6666666e-1f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
        p = p.mul(r).fma(r, r).add(1f);
        return p.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
                .reinterpretAsFloats();
    }

    static void layerNorm(
            float[] x, int xOffset, float[] gain, float[] bias, float epsilon, float[] y, int yOffset, int n) {
        int whole = n - n % LANES;
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            sums = sums.add(FloatVector.fromArray(FLOATS, x, xOffset + i));
        }
        float sum = sums.reduceLanes(ADD);
        for (int i = whole; i < n; i++) {
            sum += x[xOffset + i];
        }
        float mean = sum / n;
        FloatVector squares = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, x, xOffset + i).sub(mean);
            squares = d.fma(d, squares);
        }
        float square = squares.reduceLanes(ADD);
        for (int i = whole; i < n; i++) {
            float d = x[xOffset + i] - mean;
            square += d * d;
        }
        float inverse = (float) (1 / Math.sqrt(square / n + epsilon));
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xOffset + i)
                    .sub(mean)
                    .mul(inverse)
                    .fma(FloatVector.fromArray(FLOATS, gain, i), FloatVector.fromArray(FLOATS, bias, i))
                    .intoArray(y, yOffset + i);
        }
        for (int i = whole; i < n; i++) {
            y[yOffset + i] = (x[xOffset + i] - mean) * inverse * gain[i] + bias[i];
        }
    }

    /** See {@link PanelKernels#softmax}. */
    static float softmax(float[] scores, int offset, int n, int padded) {
        int whole = (n + LANES - 1) / LANES * LANES;
        Arrays.fill(scores, offset + n, offset + padded, Float.NEGATIVE_INFINITY);
        FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < whole; i += LANES) {
            largest = largest.max(FloatVector.fromArray(FLOATS, scores, offset + i));
        }
        float max = largest.reduceLanes(MAX);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector e = exp(
                    FloatVector.fromArray(FLOATS, scores, offset + i).sub(max).max(LEAST_EXPONENT));
            sums = sums.add(e);
            e.intoArray(scores, offset + i);
        }
        float sum = sums.reduceLanes(ADD);
        // What stands behind the last score was counted with the least exponent: below a float's resolution.
        Arrays.fill(scores, offset + n, offset + padded, 0f);
        return sum;
    }

    /** GELU by tanh, in place. */
    static void geluNew(float[] y, int offset, int n) {
        for (int i = offset; i < offset + n; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, y, i);
            FloatVector minusZ = x.mul(x)
                    .mul(-GELU_SLOPE * GELU_CUBE)
                    .sub(GELU_SLOPE)
                    .mul(x)
                    .max(LEAST_EXPONENT)
                    .min(-LEAST_EXPONENT);
            x.div(exp(minusZ).add(1f)).intoArray(y, i);
        }
    }
}
