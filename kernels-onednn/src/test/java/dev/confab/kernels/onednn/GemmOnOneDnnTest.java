package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.WorkerPool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trainer's products, in matrices that begin and end inside their arrays, against a double loop. */
final class GemmOnOneDnnTest {
    /** Where A begins, and how much longer its rows are than they count; the others differ from it. */
    private static final int OFFSET = 3;

    private static final int GAP = 2;

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "65,31,20", "48,96,64", "400,33,5", "100,2050,70"})
    void allProductsAreThoseOfTheSchoolbook(int m, int n, int k) {
        float[] a = numbers(1, OFFSET + m * (k + GAP));
        float[] b = numbers(2, OFFSET + k * (n + GAP));
        float[] start = numbers(3, OFFSET + m * (n + GAP));
        float[] transposedA = transposed(a, m, k);
        float[] transposedB = transposed(b, k, n);
        try (var pool = new WorkerPool(2)) {
            Gemm.Products products = KernelSets.of("onednn").gemm(pool).shared();
            for (Into into : Into.values()) {
                float[] plain = start.clone();
                products.multiply(m, n, k, a, OFFSET, k + GAP, b, OFFSET, n + GAP, plain, OFFSET, n + GAP, into);
                float[] byTransposed = start.clone();
                products.multiplyByTransposed(
                        m, n, k, a, OFFSET, k + GAP, transposedB, 0, k, byTransposed, OFFSET, n + GAP, into);
                float[] ofTransposed = start.clone();
                products.multiplyTransposed(
                        m, n, k, transposedA, 0, m, b, OFFSET, n + GAP, ofTransposed, OFFSET, n + GAP, into);
                assertProduct(plain, start, a, b, m, n, k, into);
                assertProduct(byTransposed, start, a, b, m, n, k, into);
                assertProduct(ofTransposed, start, a, b, m, n, k, into);
            }
        }
    }

    @Test
    void theNumberOfWorkersChangesNoBit() {
        float[] a = numbers(1, 300 * 200);
        float[] b = numbers(2, 200 * 1500);
        float[] alone = new float[300 * 1500];
        float[] shared = new float[300 * 1500];
        try (var one = new WorkerPool(1);
                var three = new WorkerPool(3)) {
            for (var each : new Object[][] {{one, alone}, {three, shared}}) {
                KernelSets.of("onednn")
                        .gemm((WorkerPool) each[0])
                        .shared()
                        .multiply(300, 1500, 200, a, 0, 200, b, 0, 1500, (float[]) each[1], 0, 1500, Into.REPLACE);
            }
        }
        assertThat(shared).isEqualTo(alone);
    }

    @Test
    void aMatrixThatLeavesItsArrayIsRefusedBeforeNativeCodeSeesIt() {
        try (var pool = new WorkerPool(1)) {
            Gemm.Products products = KernelSets.of("onednn").gemm(pool).shared();
            assertThatThrownBy(() -> products.multiply(
                            2, 2, 2, new float[4], 0, 2, new float[4], 0, 2, new float[3], 0, 2, Into.REPLACE))
                    .hasMessageContaining("matrix C [2, 2]")
                    .hasMessageContaining("array of 3");
        }
    }

    private static void assertProduct(float[] c, float[] start, float[] a, float[] b, int m, int n, int k, Into into) {
        for (int at = 0; at < c.length; at++) {
            int row = Math.floorDiv(at - OFFSET, n + GAP);
            int column = Math.floorMod(at - OFFSET, n + GAP);
            if (row < 0 || row >= m || column >= n) {
                assertThat(c[at]).isEqualTo(start[at]);
                continue;
            }
            double expected = into == Into.ADD ? start[at] : 0;
            double size = Math.abs(expected);
            for (int i = 0; i < k; i++) {
                double product = (double) a[OFFSET + row * (k + GAP) + i] * b[OFFSET + i * (n + GAP) + column];
                expected += product;
                size += Math.abs(product);
            }
            assertThat((double) c[at]).isCloseTo(expected, within(1e-6 * (1 + size)));
        }
    }

    private static float[] transposed(float[] from, int rows, int columns) {
        float[] to = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                to[column * rows + row] = from[OFFSET + row * (columns + GAP) + column];
            }
        }
        return to;
    }

    private static float[] numbers(long seed, int count) {
        var random = new SplittableRandom(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }
}
