package dev.confab.kernels.onednn;

import static dev.confab.kernels.onednn.Matrices.JAVA;
import static dev.confab.kernels.onednn.Matrices.pack;
import static dev.confab.kernels.onednn.Matrices.random;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * oneDNN's products against a double loop over the weights as they were packed and the activations as they are rounded, so
 * that only sums of floats differ: by a few times 1e-7 of the sum of magnitudes.
 */
final class PanelProductsTest {
    private static final double TOLERANCE = 2e-6;
    private static final List<Integer> ROWS = List.of(1, 2, 5, 64, 65, 128, 130);
    private static final List<Integer> OUTPUTS = List.of(1, 31, 64, 130);
    /** 1100 takes two pieces with integers. */
    private static final List<Integer> INPUTS = List.of(1, 64, 65, 1100);

    private static final WorkerPool POOL = new WorkerPool(2);

    private final PanelProducts products = new PanelProducts(Dnnl.load(), this, JAVA.panels(), JAVA.rows(), POOL);

    @AfterAll
    static void endWorkers() {
        POOL.close();
    }

    @ParameterizedTest
    @EnumSource
    void productsOfEverySizeEqualADoubleLoop(WeightFormat format) {
        for (Arithmetic arithmetic : Arithmetic.of(format, ActivationFormat.INT8)) {
            if (!products.supports(arithmetic, 4, 64)) {
                System.out.println(format.label() + " in " + arithmetic.label() + ": not on this processor");
                continue;
            }
            int count = 0;
            for (int outputs : OUTPUTS) {
                for (int inputs : INPUTS) {
                    count += checkShape(format, arithmetic, outputs, inputs);
                }
            }
            System.out.println(format.label() + " in " + arithmetic.label() + ": " + count + " products");
        }
    }

    private int checkShape(WeightFormat format, Arithmetic arithmetic, int outputs, int inputs) {
        var random = new SplittableRandom(31L * outputs + inputs);
        PackedMatrix weights = pack(format, outputs, inputs, random, POOL);
        float[][] unpacked = unpack(weights);
        Matrix x = random(130, inputs, random);
        float[][] read = rounded(x, arithmetic);
        float[] bias =
                Arrays.copyOf(random(1, outputs, random).data(), weights.shape().paddedOutputs());
        var sums = new double[x.rows()][outputs];
        var magnitudes = new double[x.rows()][outputs];
        for (int r = 0; r < x.rows(); r++) {
            for (int o = 0; o < outputs; o++) {
                sums[r][o] = bias[o];
                magnitudes[r][o] = Math.abs(bias[o]);
                for (int i = 0; i < inputs; i++) {
                    double product = (double) read[r][i] * unpacked[o][i];
                    sums[r][o] += product;
                    magnitudes[r][o] += Math.abs(product);
                }
            }
        }
        int count = 0;
        for (int rows : ROWS) {
            Into into = count % 2 == 0 ? Into.REPLACE : Into.ADD;
            Activation activation = count % 3 == 0 ? Activation.GELU_NEW : Activation.IDENTITY;
            Matrix y = random(131, outputs, random);
            float[] before = y.data().clone();
            products.multiply(arithmetic, weights, bias, x, y, rows, into, activation);
            for (int r = 0; r < rows; r++) {
                for (int o = 0; o < outputs; o++) {
                    float was = into == Into.ADD ? before[y.offset(r) + o] : 0;
                    double expected = activation.apply((float) (sums[r][o] + was));
                    double tolerance = TOLERANCE * (magnitudes[r][o] + Math.abs(was) + 1);
                    float actual = y.data()[y.offset(r) + o];
                    if (!(Math.abs(actual - expected) <= tolerance)) {
                        throw new AssertionError(arithmetic + " " + weights.shape() + " " + into + ", " + rows
                                + " rows: row " + r + ", output " + o + " is " + actual + ", expected " + expected);
                    }
                }
            }
            int end = y.data().length;
            assertThat(Arrays.equals(y.data(), y.offset(rows), end, before, y.offset(rows), end))
                    .as("rows behind the last are as they were")
                    .isTrue();
            count++;
        }
        return count;
    }

    @Test
    void theNumberOfWorkersDoesNotChangeAProduct() {
        var random = new SplittableRandom(5);
        for (WeightFormat format : WeightFormat.values()) {
            PackedMatrix weights = pack(format, 300, 200, random, POOL);
            Matrix x = random(70, 200, random);
            for (Arithmetic arithmetic : Arithmetic.of(format, ActivationFormat.INT8)) {
                if (!products.supports(arithmetic, 4, 64)) {
                    continue;
                }
                Matrix two = Matrix.zeros(70, 300);
                products.multiply(arithmetic, weights, null, x, two, 70, Into.REPLACE, Activation.IDENTITY);
                for (int workers : new int[] {1, 5}) {
                    try (var pool = new WorkerPool(workers)) {
                        var others = new PanelProducts(Dnnl.load(), pool, JAVA.panels(), JAVA.rows(), pool);
                        Matrix y = Matrix.zeros(70, 300);
                        others.multiply(arithmetic, weights, null, x, y, 70, Into.REPLACE, Activation.IDENTITY);
                        assertThat(y.data())
                                .as("%s, %d workers", arithmetic, workers)
                                .isEqualTo(two.data());
                    }
                }
            }
        }
    }

    private static float[][] unpack(PackedMatrix packed) {
        var weights = new float[packed.outputs()][packed.inputs()];
        var operations = JAVA.operations(POOL, 1);
        for (int o = 0; o < weights.length; o++) {
            operations.unpackRow(packed, o, weights[o], 0);
        }
        return weights;
    }

    /** The activations as an arithmetic rounds them. */
    private static float[][] rounded(Matrix x, Arithmetic arithmetic) {
        var rounded = new float[x.rows()][x.stride()];
        for (int r = 0; r < rounded.length; r++) {
            System.arraycopy(x.data(), x.offset(r), rounded[r], 0, x.stride());
            Rounding.of(arithmetic).round(rounded[r], 0, x.stride());
        }
        return rounded;
    }
}
