package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;

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

    /** For each halving of the lanes where the other half's lane is. */
    private static final VectorShuffle<Float> HALF = other(LANES / 2);

    private static final VectorShuffle<Float> QUARTER = other(LANES / 4);
    private static final VectorShuffle<Float> EIGHTH = other(Math.max(1, LANES / 8));
    private static final VectorShuffle<Float> SIXTEENTH = other(Math.max(1, LANES / 16));

    private VectorMath() {}

    private static VectorShuffle<Float> other(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> lane ^ distance);
    }

    /**
     * The sum of all lanes, always in the same order. {@code reduceLanes} leaves the order open, and takes another one
     * once it is compiled, so that a run could not be repeated to the last bit.
     */
    private static float total(FloatVector v) {
        FloatVector sum = v.add(v.rearrange(HALF));
        sum = sum.add(sum.rearrange(QUARTER));
        if (LANES > 4) {
            sum = sum.add(sum.rearrange(EIGHTH));
        }
        if (LANES > 8) {
            sum = sum.add(sum.rearrange(SIXTEENTH));
        }
        return sum.lane(0);
    }

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
        float sum = total(sums);
        for (int i = whole; i < n; i++) {
            sum += x[xOffset + i];
        }
        float mean = sum / n;
        FloatVector squares = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector d = FloatVector.fromArray(FLOATS, x, xOffset + i).sub(mean);
            squares = d.fma(d, squares);
        }
        float square = total(squares);
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

    /** See {@link RowKernels#softmax}. */
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
        float sum = total(sums);
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

    /**
     * Multiplies gradients by GELU's derivative. With {@code z = slope * (x + cube * x^3)} and {@code s = sigmoid(z)} the
     * function is {@code x s}, its derivative {@code s + x s (1 - s) z'}.
     */
    static void geluNewGradient(float[] inputs, int xOffset, float[] dy, int dyOffset, int n) {
        for (int i = 0; i < n; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, inputs, xOffset + i);
            FloatVector square = x.mul(x);
            FloatVector minusZ = square.mul(-GELU_SLOPE * GELU_CUBE)
                    .sub(GELU_SLOPE)
                    .mul(x)
                    .max(LEAST_EXPONENT)
                    .min(-LEAST_EXPONENT);
            FloatVector e = exp(minusZ);
            FloatVector s = FloatVector.broadcast(FLOATS, 1f).div(e.add(1f));
            FloatVector slope = square.mul(3 * GELU_SLOPE * GELU_CUBE).add(GELU_SLOPE);
            // s (1 - s) as e s^2, which keeps its digits where s is near 1.
            FloatVector derivative = e.mul(s).mul(s).mul(x).fma(slope, s);
            FloatVector.fromArray(FLOATS, dy, dyOffset + i).mul(derivative).intoArray(dy, dyOffset + i);
        }
    }

    /** See {@link RowKernels#sum}. */
    static float sum(float[] x, int offset, int n) {
        int whole = n - n % LANES;
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            sums = sums.add(FloatVector.fromArray(FLOATS, x, offset + i));
        }
        float sum = total(sums);
        for (int i = whole; i < n; i++) {
            sum += x[offset + i];
        }
        return sum;
    }

    /** See {@link RowKernels#dot}. */
    static float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        int whole = n - n % LANES;
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            sums = FloatVector.fromArray(FLOATS, x, xOffset + i)
                    .fma(FloatVector.fromArray(FLOATS, y, yOffset + i), sums);
        }
        float sum = total(sums);
        for (int i = whole; i < n; i++) {
            sum += x[xOffset + i] * y[yOffset + i];
        }
        return sum;
    }
}
