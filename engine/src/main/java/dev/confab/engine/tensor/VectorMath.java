package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.VectorShapes.FLOATS;
import static dev.confab.engine.tensor.VectorShapes.LANES;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.MAX;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Layer norm, softmax and GPT-2's activation in vectors.
 *
 * <p>What training uses sums lane after lane: {@code reduceLanes} leaves the order open, and takes another one once it is
 * compiled, so that a run could not be repeated to the last bit.
 *
 * <p>Exponentials are Cephes' polynomial after reduction by powers of 2: e^x for x between {@value #LEAST_EXPONENT} and 88,
 * to 2e-7.
 *
 * <p>Both are written out each time: a vector that is handed to a method becomes an object wherever the compiler does not
 * inline it, which it decides anew in each process.
 */
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

    /** The polynomial's factors, the highest power's first; those of x and 1 are 1. */
    private static final float X7 = 1.9875691e-4f;

    private static final float X6 = 1.3981999e-3f;
    private static final float X5 = 8.333452e-3f;
    private static final float X4 = 4.1665796e-2f;
    private static final float X3 = 1.6666666e-1f;
    private static final float X2 = 0.5f;

    /** Exponentials that are summed as floats before the sum goes on in double precision; a multiple of all lanes. */
    private static final int SUMMED_AT_ONCE = 1024;

    private VectorMath() {}

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

    /** See {@link RowKernels#softmax}. */
    static float softmax(float[] scores, int offset, int n, int padded) {
        int whole = (n + LANES - 1) / LANES * LANES;
        Arrays.fill(scores, offset + n, offset + padded, Float.NEGATIVE_INFINITY);
        FloatVector largest = broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < whole; i += LANES) {
            largest = largest.max(FloatVector.fromArray(FLOATS, scores, offset + i));
        }
        float max = largest.reduceLanes(MAX);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x =
                    FloatVector.fromArray(FLOATS, scores, offset + i).sub(max).max(LEAST_EXPONENT);
            FloatVector shifted = x.fma(LOG2_E, ROUNDER);
            FloatVector powers = shifted.sub(ROUNDER);
            FloatVector r = powers.fma(broadcast(FLOATS, -LN2_HIGH), x);
            r = powers.fma(broadcast(FLOATS, -LN2_LOW), r);
            FloatVector p = r.fma(X7, X6);
            p = p.fma(r, broadcast(FLOATS, X5));
            p = p.fma(r, broadcast(FLOATS, X4));
            p = p.fma(r, broadcast(FLOATS, X3));
            p = p.fma(r, broadcast(FLOATS, X2));
            p = p.mul(r).fma(r, r).add(1f);
            FloatVector e = p.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
                    .reinterpretAsFloats();
            sums = sums.add(e);
            e.intoArray(scores, offset + i);
        }
        float sum = sums.lane(0) + sums.lane(1) + sums.lane(2) + sums.lane(3);
        if (LANES > 4) {
            sum += sums.lane(4) + sums.lane(5) + sums.lane(6) + sums.lane(7);
        }
        if (LANES > 8) {
            sum += sums.lane(8) + sums.lane(9) + sums.lane(10) + sums.lane(11);
            sum += sums.lane(12) + sums.lane(13) + sums.lane(14) + sums.lane(15);
        }
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
            FloatVector shifted = minusZ.fma(LOG2_E, ROUNDER);
            FloatVector powers = shifted.sub(ROUNDER);
            FloatVector r = powers.fma(broadcast(FLOATS, -LN2_HIGH), minusZ);
            r = powers.fma(broadcast(FLOATS, -LN2_LOW), r);
            FloatVector p = r.fma(X7, X6);
            p = p.fma(r, broadcast(FLOATS, X5));
            p = p.fma(r, broadcast(FLOATS, X4));
            p = p.fma(r, broadcast(FLOATS, X3));
            p = p.fma(r, broadcast(FLOATS, X2));
            p = p.mul(r).fma(r, r).add(1f);
            FloatVector e = p.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
                    .reinterpretAsFloats();
            x.div(e.add(1f)).intoArray(y, i);
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
            FloatVector shifted = minusZ.fma(LOG2_E, ROUNDER);
            FloatVector powers = shifted.sub(ROUNDER);
            FloatVector r = powers.fma(broadcast(FLOATS, -LN2_HIGH), minusZ);
            r = powers.fma(broadcast(FLOATS, -LN2_LOW), r);
            FloatVector p = r.fma(X7, X6);
            p = p.fma(r, broadcast(FLOATS, X5));
            p = p.fma(r, broadcast(FLOATS, X4));
            p = p.fma(r, broadcast(FLOATS, X3));
            p = p.fma(r, broadcast(FLOATS, X2));
            p = p.mul(r).fma(r, r).add(1f);
            FloatVector e = p.reinterpretAsInts()
                    .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
                    .reinterpretAsFloats();
            FloatVector s = broadcast(FLOATS, 1f).div(e.add(1f));
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
        float sum = sums.lane(0) + sums.lane(1) + sums.lane(2) + sums.lane(3);
        if (LANES > 4) {
            sum += sums.lane(4) + sums.lane(5) + sums.lane(6) + sums.lane(7);
        }
        if (LANES > 8) {
            sum += sums.lane(8) + sums.lane(9) + sums.lane(10) + sums.lane(11);
            sum += sums.lane(12) + sums.lane(13) + sums.lane(14) + sums.lane(15);
        }
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
        float sum = sums.lane(0) + sums.lane(1) + sums.lane(2) + sums.lane(3);
        if (LANES > 4) {
            sum += sums.lane(4) + sums.lane(5) + sums.lane(6) + sums.lane(7);
        }
        if (LANES > 8) {
            sum += sums.lane(8) + sums.lane(9) + sums.lane(10) + sums.lane(11);
            sum += sums.lane(12) + sums.lane(13) + sums.lane(14) + sums.lane(15);
        }
        for (int i = whole; i < n; i++) {
            sum += x[xOffset + i] * y[yOffset + i];
        }
        return sum;
    }

    /** See {@link RowKernels#sumOfExponentials}. */
    static double sumOfExponentials(float[] x, int offset, int n, float max) {
        int whole = n - n % LANES;
        double sum = 0;
        for (int from = 0; from < whole; from += SUMMED_AT_ONCE) {
            int to = Math.min(whole, from + SUMMED_AT_ONCE);
            FloatVector sums = FloatVector.zero(FLOATS);
            for (int i = from; i < to; i += LANES) {
                FloatVector difference =
                        FloatVector.fromArray(FLOATS, x, offset + i).sub(max).max(LEAST_EXPONENT);
                FloatVector shifted = difference.fma(LOG2_E, ROUNDER);
                FloatVector powers = shifted.sub(ROUNDER);
                FloatVector r = powers.fma(broadcast(FLOATS, -LN2_HIGH), difference);
                r = powers.fma(broadcast(FLOATS, -LN2_LOW), r);
                FloatVector p = r.fma(X7, X6);
                p = p.fma(r, broadcast(FLOATS, X5));
                p = p.fma(r, broadcast(FLOATS, X4));
                p = p.fma(r, broadcast(FLOATS, X3));
                p = p.fma(r, broadcast(FLOATS, X2));
                p = p.mul(r).fma(r, r).add(1f);
                FloatVector e = p.reinterpretAsInts()
                        .add(shifted.reinterpretAsInts().lanewise(LSHL, 23))
                        .reinterpretAsFloats();
                sums = sums.add(e);
            }
            float part = sums.lane(0) + sums.lane(1) + sums.lane(2) + sums.lane(3);
            if (LANES > 4) {
                part += sums.lane(4) + sums.lane(5) + sums.lane(6) + sums.lane(7);
            }
            if (LANES > 8) {
                part += sums.lane(8) + sums.lane(9) + sums.lane(10) + sums.lane(11);
                part += sums.lane(12) + sums.lane(13) + sums.lane(14) + sums.lane(15);
            }
            sum += part;
        }
        for (int i = whole; i < n; i++) {
            sum += Math.exp(x[offset + i] - max);
        }
        return sum;
    }
}
