package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.TestKernels.isEmulated;
import static dev.confab.engine.tensor.TestKernels.matrix;
import static dev.confab.engine.tensor.TestKernels.pack;
import static dev.confab.engine.tensor.TestKernels.panels;
import static dev.confab.engine.tensor.TestKernels.random;
import static dev.confab.engine.tensor.TestKernels.unpack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.tensor.Operations.Into;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel set's products against a double loop over the weights as they were packed, so that what packing rounds
 * away does not count.
 *
 * <p>A sum of floats may be off by the rounding of each step, so the tolerance is a share of the sum of magnitudes: 1e-6
 * is sixteen times the resolution of a float, and a thousandth of what one wrong or missing weight of a sum of a
 * thousand would change.
 */
@Tag("vector-widths")
final class ProductTest {
    private static final double TOLERANCE = 1e-6;
    private static final List<Integer> ROWS = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 64);
    private static final List<Integer> OUTPUTS = List.of(1, 8, 31, 64, 65, 200, 777);
    /** 1100 takes two tiles. */
    private static final List<Integer> INPUTS = List.of(1, 12, 63, 64, 65, 128, 1100);

    private static final WorkerPool POOL = new WorkerPool(2);

    @AfterAll
    static void endWorkers() {
        POOL.close();
    }

    static Stream<Arguments> setsAndFormats() {
        return TestKernels.sets().stream()
                .flatMap(set -> Arrays.stream(WeightFormat.values()).map(format -> Arguments.of(set, format)));
    }

    @ParameterizedTest
    @MethodSource("setsAndFormats")
    void productsOfEverySizeEqualADoubleLoop(Kernels kernels, WeightFormat format) {
        // Lane by lane in Java takes a hundred times as long: the sizes that add no new case of tails are left out.
        int mostOutputs = isEmulated(kernels) ? 200 : 777;
        int mostRows = isEmulated(kernels) ? 13 : 64;
        int products = 0;
        for (int outputs : OUTPUTS) {
            for (int inputs : INPUTS) {
                if (outputs <= mostOutputs) {
                    products += checkShape(kernels, format, outputs, inputs, mostRows);
                }
            }
        }
        System.out.println("products of " + kernels.name() + " " + format.label() + ": " + products);
    }

    private static int checkShape(Kernels kernels, WeightFormat format, int outputs, int inputs, int mostRows) {
        float[][] x = random(mostRows, inputs, 31L * outputs + inputs);
        PackedMatrix packed = pack(kernels, random(outputs, inputs, inputs), format, POOL);
        float[][] weights = unpack(kernels, packed, POOL);
        var exact = new Reference(x, weights);
        Operations operations = kernels.operations(POOL, 1);
        Matrix y = Matrix.zeros(mostRows, outputs);
        int products = 0;
        for (int rows : ROWS) {
            if (rows <= mostRows) {
                Reference reference = inEightBits(kernels, format, x, rows)
                        .map(read -> new Reference(read, weights))
                        .orElse(exact);
                operations.multiply(packed, null, matrix(x), y, rows, Into.REPLACE, Activation.IDENTITY);
                reference.check(y, rows, kernels.name() + " " + packed.shape() + " rows " + rows);
                products++;
            }
        }
        return products;
    }

    /**
     * The inputs as the kernel multiplies them, where it rounds them to 8 bits first ({@link WeightFormat#Q4}, one row):
     * those are the truth for its arithmetic; that they are close to the inputs is a test of its own.
     */
    private static Optional<float[][]> inEightBits(Kernels kernels, WeightFormat format, float[][] x, int rows) {
        var input = new PanelInput();
        input.set(matrix(x), Matrix.padded(x[0].length), rows);
        panels(kernels).prepare(input, format);
        if (input.quantized.length == 0) {
            return Optional.empty();
        }
        var read = new float[rows][x[0].length];
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < read[r].length; i++) {
                int at = r * input.inputs + i;
                read[r][i] = input.quantized[at] * input.scales[at / WeightFormat.GROUP];
            }
        }
        return Optional.of(read);
    }

    @ParameterizedTest
    @MethodSource("setsAndFormats")
    void biasAdditionAndEveryActivationEqualADoubleLoop(Kernels kernels, WeightFormat format) {
        int outputs = 65;
        int inputs = 65;
        float[][] x = random(9, inputs, 1);
        PackedMatrix packed = pack(kernels, random(outputs, inputs, 2), format, POOL);
        float[][] weights = unpack(kernels, packed, POOL);
        float[] bias = Arrays.copyOf(random(1, outputs, 3)[0], packed.shape().paddedOutputs());
        float[][] before = random(9, outputs, 4);
        Operations operations = kernels.operations(POOL, 1);
        for (int rows : new int[] {1, 3, 9}) {
            var products = new Reference(inEightBits(kernels, format, x, rows).orElse(x), weights);
            for (float[] b : Arrays.asList(null, bias)) {
                for (Into into : Into.values()) {
                    for (Activation activation : Activation.values()) {
                        Matrix y = matrix(before);
                        operations.multiply(packed, b, matrix(x), y, rows, into, activation);
                        products.with(b, into == Into.ADD ? before : null, activation)
                                .check(y, rows, kernels.name() + " " + format + " " + into + " " + activation);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("setsAndFormats")
    void rowsBehindTheLastAndPaddingStayAsTheyWere(Kernels kernels, WeightFormat format) {
        int outputs = 31;
        PackedMatrix packed = pack(kernels, random(outputs, 65, 1), format, POOL);
        float[] bias = Arrays.copyOf(random(1, outputs, 3)[0], packed.shape().paddedOutputs());
        Operations operations = kernels.operations(POOL, 1);
        for (int rows = 1; rows < 9; rows++) {
            Matrix y = Matrix.zeros(9, outputs);
            float[] data = y.data();
            Arrays.fill(data, y.offset(rows), data.length, 7f);
            operations.multiply(packed, bias, matrix(random(9, 65, 2)), y, rows, Into.REPLACE, Activation.GELU_NEW);
            for (int r = 0; r < rows; r++) {
                assertThat(Arrays.copyOfRange(data, y.offset(r) + outputs, y.offset(r + 1)))
                        .containsOnly(0f);
            }
            assertThat(Arrays.copyOfRange(data, y.offset(rows), data.length)).containsOnly(7f);
        }
    }

    @ParameterizedTest
    @MethodSource("setsAndFormats")
    void theNumberOfWorkersDoesNotChangeAProduct(Kernels kernels, WeightFormat format) {
        float[][] x = random(5, 130, 1);
        PackedMatrix packed = pack(kernels, random(200, 130, 2), format, POOL);
        var results = IntStream.of(1, 2, 5)
                .mapToObj(workers -> {
                    try (var pool = new WorkerPool(workers)) {
                        Matrix y = Matrix.zeros(5, 200);
                        kernels.operations(pool, 1)
                                .multiply(packed, null, matrix(x), y, 5, Into.REPLACE, Activation.IDENTITY);
                        return y.data();
                    }
                })
                .toList();
        assertThat(results.get(1)).containsExactly(results.get(0));
        assertThat(results.get(2)).containsExactly(results.get(0));
    }

    @ParameterizedTest
    @MethodSource("setsAndFormats")
    void aMatrixOfAnotherSizeIsRefusedWithAllSizes(Kernels kernels, WeightFormat format) {
        PackedMatrix packed = pack(kernels, random(8, 12, 1), format, POOL);
        Operations operations = kernels.operations(POOL, 1);
        assertThatThrownBy(() -> operations.multiply(
                        packed, null, Matrix.zeros(2, 13), Matrix.zeros(2, 8), 2, Into.REPLACE, Activation.IDENTITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[2, 13]", "outputs=8", "inputs=12", "[2, 8]");
    }

    /** What a product should be: values and the sums of the magnitudes that they were added up from. */
    private static final class Reference {
        private final double[][] values;
        private final double[][] magnitudes;

        Reference(float[][] x, float[][] weights) {
            values = new double[x.length][weights.length];
            magnitudes = new double[x.length][weights.length];
            for (int r = 0; r < x.length; r++) {
                for (int o = 0; o < weights.length; o++) {
                    double sum = 0;
                    double magnitude = 0;
                    for (int i = 0; i < x[r].length; i++) {
                        double product = (double) x[r][i] * weights[o][i];
                        sum += product;
                        magnitude += Math.abs(product);
                    }
                    values[r][o] = sum;
                    magnitudes[r][o] = magnitude;
                }
            }
        }

        private Reference(double[][] values, double[][] magnitudes) {
            this.values = values;
            this.magnitudes = magnitudes;
        }

        Reference with(float @Nullable [] bias, float @Nullable [][] before, Activation activation) {
            var changed = new double[values.length][values[0].length];
            var grown = new double[values.length][values[0].length];
            for (int r = 0; r < values.length; r++) {
                for (int o = 0; o < values[r].length; o++) {
                    double b = bias == null ? 0 : bias[o];
                    double was = before == null ? 0 : before[r][o];
                    changed[r][o] = activation.apply((float) (values[r][o] + b + was));
                    // No activation is steeper than 1.13; the last term is for the result's own rounding.
                    grown[r][o] = 1.2 * (magnitudes[r][o] + Math.abs(b) + Math.abs(was)) + Math.abs(changed[r][o]);
                }
            }
            return new Reference(changed, grown);
        }

        void check(Matrix y, int rows, String what) {
            for (int r = 0; r < rows; r++) {
                for (int o = 0; o < y.stride(); o++) {
                    float actual = y.data()[y.offset(r) + o];
                    double expected = o < y.columns() ? values[r][o] : 0;
                    double tolerance = o < y.columns() ? TOLERANCE * magnitudes[r][o] : 0;
                    if (!(Math.abs(actual - expected) <= tolerance)) {
                        throw new AssertionError(what + ", row " + r + ", output " + o + ": " + actual + ", expected "
                                + expected + " within " + tolerance);
                    }
                }
            }
        }
    }
}
