package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.TestKernels.matrix;
import static dev.confab.engine.tensor.TestKernels.panels;
import static dev.confab.engine.tensor.TestKernels.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layer norm, softmax and activations against the same in doubles. */
@Tag("vector-widths")
final class RowFunctionsTest {
    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void layerNormEqualsTheOneInDoubles(Kernels kernels) {
        try (var pool = new WorkerPool(2)) {
            Operations operations = kernels.operations(pool, 1);
            for (int columns : new int[] {1, 2, 7, 8, 12, 31, 64, 65, 100, 768}) {
                float[][] x = random(5, columns, columns);
                for (int i = 0; i < columns; i++) {
                    x[1][i] += 30;
                    x[2][i] = 0.25f;
                }
                float[] gain = random(1, columns, 2)[0];
                float[] bias = random(1, columns, 3)[0];
                for (int rows : new int[] {1, 5}) {
                    Matrix y = Matrix.zeros(5, columns);
                    operations.layerNorm(matrix(x), gain, bias, 1e-5f, y, rows);
                    for (int r = 0; r < rows; r++) {
                        checkLayerNorm(x[r], gain, bias, y, r);
                    }
                    assertThat(Arrays.copyOfRange(y.data(), y.offset(rows), y.data().length))
                            .satisfies(rest ->
                                    assertThat(rest.length == 0 || isZero(rest)).isTrue());
                }
            }
        }
    }

    private static boolean isZero(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkLayerNorm(float[] x, float[] gain, float[] bias, Matrix y, int row) {
        double mean = 0;
        for (float v : x) {
            mean += v / (double) x.length;
        }
        double variance = 0;
        for (float v : x) {
            variance += (v - mean) * (v - mean) / x.length;
        }
        for (int i = 0; i < x.length; i++) {
            double expected = (x[i] - mean) / Math.sqrt(variance + 1e-5f) * gain[i] + bias[i];
            // A float of the size of 30 is off by 1e-6, which the division by the deviation makes a few times larger.
            assertThat((double) y.data()[y.offset(row) + i]).isCloseTo(expected, within(row == 1 ? 2e-5 : 2e-6));
        }
        for (int i = x.length; i < y.stride(); i++) {
            assertThat(y.data()[y.offset(row) + i]).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void softmaxOfEveryLengthEqualsTheOneInDoublesAndZeroesThePadding(Kernels kernels) {
        int offset = 32;
        int padded = 128;
        for (int n = 1; n <= 100; n++) {
            float[] row = random(1, n, n)[0];
            var scores = new float[offset + padded + 32];
            Arrays.fill(scores, n % 2 == 0 ? Float.POSITIVE_INFINITY : 1e30f);
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                row[i] *= n % 3 == 0 ? 60 : 5;
                scores[offset + i] = row[i];
                largest = Math.max(largest, row[i]);
            }
            float before = scores[0];
            float sum = panels(kernels).softmax(scores, offset, n, padded);
            double expectedSum = 0;
            for (int i = 0; i < n; i++) {
                double expected = Math.exp(row[i] - largest);
                expectedSum += expected;
                // The distance to the largest is rounded to a float, and what is below all floats may stay a little
                // above.
                double tolerance = (1e-6 + 6e-8 * (largest - row[i])) * expected + 1e-37;
                assertThat((double) scores[offset + i]).isCloseTo(expected, within(tolerance));
            }
            assertThat((double) sum).isCloseTo(expectedSum, within(5e-6 * expectedSum));
            assertThat(isZero(Arrays.copyOfRange(scores, offset + n, offset + padded)))
                    .isTrue();
            assertThat(scores[offset - 1]).isEqualTo(before);
            assertThat(scores[offset + padded]).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void activationsEqualTheirDefinitions(Kernels kernels) {
        int n = 64 * 32;
        for (Activation activation : Activation.values()) {
            var y = new float[n + 64];
            for (int i = 0; i < n; i++) {
                y[32 + i] = (i - n / 2) * 0.0123f * (i % 7 == 0 ? 100 : 1);
            }
            float[] x = y.clone();
            panels(kernels).activate(activation, y, 32, n);
            for (int i = 0; i < y.length; i++) {
                double expected = definition(activation, x[i]);
                assertThat((double) y[i])
                        .as(activation + " of " + x[i])
                        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(x[i]))));
            }
            assertThat(activation.apply(0f)).isZero();
        }
    }

    private static double definition(Activation activation, double x) {
        return switch (activation) {
            case IDENTITY -> x;
            case GELU_NEW -> 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * Math.pow(x, 3))));
            case GELU -> x * normalDistribution(x);
            case QUICK_GELU -> x * sigmoid(1.702 * x);
            case RELU -> Math.max(0, x);
            case SILU -> x * sigmoid(x);
            case TANH -> Math.tanh(x);
        };
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** The integral of the bell curve by Simpson's rule. */
    private static double normalDistribution(double x) {
        if (Math.abs(x) > 10) {
            return x > 0 ? 1 : 0;
        }
        int steps = 400;
        double h = x / steps;
        double sum = 1 + Math.exp(-x * x / 2);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-i * h * i * h / 2);
        }
        return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
    }
}
