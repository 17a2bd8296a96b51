package dev.confab.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("vector-widths")
class RowKernelsTest {
    private final RowKernels rows = KernelSets.best().rows();

    @ParameterizedTest
    @EnumSource(Activation.class)
    void anActivationsGradientIsItsSlope(Activation activation) {
        float[] x = new float[128];
        float[] dy = new float[130];
        for (int i = 0; i < 128; i++) {
            x[i] = (i - 64) / 6f + 0.01f;
            dy[2 + i] = 0.5f;
        }
        rows.activationGradient(activation, x, 0, dy, 2, 128);
        for (int i = 0; i < 128; i++) {
            // Differences of floats are too coarse for the far tails, where the slope is flat.
            double slope = ((double) activation.apply(x[i] + 0.01f) - activation.apply(x[i] - 0.01f))
                    / ((double) (x[i] + 0.01f) - (x[i] - 0.01f));
            assertThat((double) dy[2 + i]).as(activation + " at " + x[i]).isCloseTo(0.5 * slope, within(1e-3));
            assertThat(dy[2 + i]).isCloseTo(0.5f * activation.derivative(x[i]), within(2e-6f));
        }
    }

    @Test
    void farTailsHaveSlopeZeroAndOne() {
        float[] x = new float[64];
        float[] dy = new float[64];
        for (int i = 0; i < 64; i++) {
            x[i] = i % 2 == 0 ? -30_000 : 30_000;
            dy[i] = 1;
        }
        rows.activationGradient(Activation.GELU_NEW, x, 0, dy, 0, 64);
        assertThat(dy[0]).isCloseTo(0, within(1e-6f));
        assertThat(dy[1]).isCloseTo(1, within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8, 17, 64, 385})
    void sumsAndProductsAreExactToTheirPrecision(int n) {
        var random = new Random(n);
        float[] x = new float[n + 3];
        float[] y = new float[n + 1];
        double sum = 0;
        double dot = 0;
        for (int i = 0; i < n; i++) {
            x[3 + i] = (float) random.nextGaussian();
            y[1 + i] = (float) random.nextGaussian();
            sum += x[3 + i];
            dot += (double) x[3 + i] * y[1 + i];
        }
        assertThat((double) rows.sum(x, 3, n)).isCloseTo(sum, within(1e-5 * Math.sqrt(n)));
        assertThat((double) rows.dot(x, 3, y, 1, n)).isCloseTo(dot, within(1e-5 * Math.sqrt(n)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1024, 5000})
    void exponentialsAreSummedToTheirPrecision(int n) {
        var random = new Random(n);
        float[] x = new float[n + 2];
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 2; i < n + 2; i++) {
            x[i] = i % 11 == 3 ? Float.NEGATIVE_INFINITY : (float) (20 * random.nextGaussian());
            max = Math.max(max, x[i]);
        }
        double expected = 0;
        for (int i = 2; i < n + 2; i++) {
            expected += Math.exp((double) x[i] - max);
        }
        assertThat(rows.sumOfExponentials(x, 2, n, max)).isCloseTo(expected, within(1e-6 * expected));
    }
}
