package dev.confab.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.tensor.Operations.Into;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("vector-widths")
class GemmTest {
    private static final int[][] SIZES = {
        {1, 1, 1}, {3, 5, 7}, {7, 64, 33}, {65, 31, 20}, {48, 96, 64}, {200, 70, 9}, {5, 130, 1030}, {400, 33, 5}
    };

    static Stream<Arguments> kernelsAndSizes() {
        return Stream.of(new ScalarKernels(), KernelSets.best())
                .flatMap(kernels -> Stream.of(SIZES).map(size -> Arguments.of(kernels, size[0], size[1], size[2])));
    }

    @ParameterizedTest
    @MethodSource("kernelsAndSizes")
    void allProductsAreThoseOfTheSchoolbook(Kernels kernels, int m, int n, int k) {
        var random = new Random(m + 31L * n + 1009L * k);
        float[] a = numbers(random, 3 + m * (k + 2));
        float[] b = numbers(random, 5 + k * (n + 3));
        float[] start = numbers(random, 7 + m * (n + 1));
        double[] expected = new double[m * n];
        double[] sizes = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) {
                    double product = (double) a[3 + i * (k + 2) + l] * b[5 + l * (n + 3) + j];
                    expected[i * n + j] += product;
                    sizes[i * n + j] += Math.abs(product);
                }
            }
        }
        float[] transposedA = transposed(a, 3, k + 2, m, k);
        float[] transposedB = transposed(b, 5, n + 3, k, n);
        try (var pool = new WorkerPool(3)) {
            Gemm gemm = kernels.gemm(pool);
            for (Gemm.Products products : new Gemm.Products[] {gemm.shared(), gemm.worker(1)}) {
                for (Into into : Into.values()) {
                    float[] plain = start.clone();
                    products.multiply(m, n, k, a, 3, k + 2, b, 5, n + 3, plain, 7, n + 1, into);
                    float[] byTransposed = start.clone();
                    products.multiplyByTransposed(
                            m, n, k, a, 3, k + 2, transposedB, 0, k, byTransposed, 7, n + 1, into);
                    float[] ofTransposed = start.clone();
                    products.multiplyTransposed(m, n, k, transposedA, 0, m, b, 5, n + 3, ofTransposed, 7, n + 1, into);
                    assertThat(byTransposed).isEqualTo(plain);
                    assertThat(ofTransposed).isEqualTo(plain);
                    assertProduct(plain, start, expected, sizes, m, n, into);
                }
            }
        }
    }

    @Test
    void aMatrixThatLeavesItsArrayIsRefused() {
        try (var pool = new WorkerPool(1)) {
            Gemm.Products products = KernelSets.best().gemm(pool).shared();
            assertThatThrownBy(() -> products.multiply(
                            2, 2, 2, new float[4], 0, 2, new float[3], 0, 2, new float[4], 0, 2, Into.REPLACE))
                    .hasMessageContaining("matrix B [2, 2]")
                    .hasMessageContaining("array of 3");
        }
    }

    /** What lies around C stays as it was, and C is the product to the precision of its sums. */
    private static void assertProduct(
            float[] c, float[] start, double[] expected, double[] sizes, int m, int n, Into into) {
        for (int at = 0; at < c.length; at++) {
            int row = (at - 7) / (n + 1);
            int column = (at - 7) % (n + 1);
            if (at < 7 || row >= m || column == n) {
                assertThat(c[at]).isEqualTo(start[at]);
            } else {
                int i = row * n + column;
                double before = into == Into.ADD ? start[at] : 0;
                assertThat((double) c[at])
                        .isCloseTo(expected[i] + before, within(1e-6 * (1 + sizes[i] + Math.abs(before))));
            }
        }
    }

    private static float[] transposed(float[] from, int offset, int stride, int rows, int columns) {
        float[] to = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column * rows + row] = from[offset + row * stride + column];
            }
        }
        return to;
    }

    private static float[] numbers(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
