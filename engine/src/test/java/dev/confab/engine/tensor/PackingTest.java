package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.TestKernels.pack;
import static dev.confab.engine.tensor.TestKernels.random;
import static dev.confab.engine.tensor.TestKernels.unpack;
import static dev.confab.engine.tensor.WeightFormat.GROUP;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What packing rounds away, format by format, and that every weight comes back to its own place. */
@Tag("vector-widths")
final class PackingTest {
    private static final int[] OUTPUTS = {1, 31, 64, 200};
    private static final int[] INPUTS = {1, 63, 64, 130};
    private static final WorkerPool POOL = new WorkerPool(3);

    @AfterAll
    static void endWorkers() {
        POOL.close();
    }

    /** Checks one weight, or one output's group of 64 weights, against what came back. */
    @FunctionalInterface
    private interface GroupCheck {
        void check(float[] weights, float[] back);
    }

    private static void forEachGroup(Kernels kernels, WeightFormat format, GroupCheck check) {
        for (int outputs : OUTPUTS) {
            for (int inputs : INPUTS) {
                float[][] weights = random(outputs, inputs, 31L * outputs + inputs);
                float[][] back = unpack(kernels, pack(kernels, weights, format, POOL), POOL);
                for (int o = 0; o < outputs; o++) {
                    for (int g = 0; g < inputs; g += GROUP) {
                        int to = Math.min(inputs, g + GROUP);
                        check.check(Arrays.copyOfRange(weights[o], g, to), Arrays.copyOfRange(back[o], g, to));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void floatsComeBackBitForBit(Kernels kernels) {
        forEachGroup(
                kernels, WeightFormat.F32, (weights, back) -> assertThat(back).containsExactly(weights));
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void bfloatsAreTheNearestOnes(Kernels kernels) {
        forEachGroup(kernels, WeightFormat.BF16, (weights, back) -> {
            for (int i = 0; i < weights.length; i++) {
                assertThat(back[i]).isEqualTo(nearestBfloat(weights[i]));
            }
        });
    }

    /** By comparing distances in doubles, which hold both exactly. */
    private static float nearestBfloat(float value) {
        int bits = Float.floatToRawIntBits(value) & 0xFFFF_0000;
        float towardsZero = Float.intBitsToFloat(bits);
        float away = Float.intBitsToFloat(bits + 0x1_0000);
        double below = Math.abs((double) value - towardsZero);
        double above = Math.abs((double) away - value);
        if (below == above) {
            return (bits & 0x1_0000) == 0 ? towardsZero : away;
        }
        return below < above ? towardsZero : away;
    }

    @Test
    void bfloatsRoundTiesToEvenAndKeepInfinitiesAndNaN() {
        assertThat(BFloat16.toFloat(BFloat16.fromFloat(1f + 0x1p-8f))).isEqualTo(1f);
        assertThat(BFloat16.toFloat(BFloat16.fromFloat(1f + 3 * 0x1p-8f))).isEqualTo(1f + 4 * 0x1p-8f);
        assertThat(BFloat16.toFloat(BFloat16.fromFloat(Float.NEGATIVE_INFINITY)))
                .isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(BFloat16.toFloat(BFloat16.fromFloat(Float.MAX_VALUE))).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(BFloat16.toFloat(BFloat16.fromFloat(Float.intBitsToFloat(0x7F80_0001))))
                .isNaN();
        var random = new SplittableRandom(1);
        for (int i = 0; i < 10_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value) && Math.abs(value) < 1e38) {
                assertThat(BFloat16.toFloat(BFloat16.fromFloat(value))).isEqualTo(nearestBfloat(value));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void eightBitWeightsAreOffByAtMostHalfAStep(Kernels kernels) {
        forEachGroup(kernels, WeightFormat.Q8, (weights, back) -> {
            float halfStep = largest(weights) / 127 / 2 * 1.00001f;
            for (int i = 0; i < weights.length; i++) {
                assertThat(Math.abs(back[i] - weights[i])).isLessThanOrEqualTo(halfStep);
            }
        });
    }

    /**
     * Sixteen steps with the largest weight on -8: a weight is off by at most half a step, or by a whole one where it is
     * as large and of the other sign. Of several scales that one is taken only if no other has a smaller squared error.
     */
    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void fourBitWeightsAreAtLeastAsCloseAsWithPlainSteps(Kernels kernels) {
        forEachGroup(kernels, WeightFormat.Q4, (weights, back) -> {
            double step = largest(weights) / 8;
            double plain = 0;
            double actual = 0;
            for (int i = 0; i < weights.length; i++) {
                double direction = Math.signum(extreme(weights));
                double steps = Math.clamp(Math.rint(-direction * weights[i] / step), -8, 7);
                double difference = weights[i] + direction * steps * step;
                plain += difference * difference;
                actual += Math.pow((double) back[i] - weights[i], 2);
            }
            assertThat(actual).isLessThanOrEqualTo(plain * 1.01 + 1e-12);
            assertThat(Math.sqrt(plain / weights.length)).isLessThanOrEqualTo(step);
        });
    }

    private static float extreme(float[] weights) {
        float extreme = 0;
        for (float w : weights) {
            if (Math.abs(w) > Math.abs(extreme)) {
                extreme = w;
            }
        }
        return extreme;
    }

    private static float largest(float[] weights) {
        return Math.abs(extreme(weights));
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void aGroupOfZerosStaysZeroBesideOthers(Kernels kernels) {
        for (WeightFormat format : WeightFormat.values()) {
            float[][] weights = random(70, 192, 1);
            for (float[] row : weights) {
                Arrays.fill(row, GROUP, 2 * GROUP, 0f);
            }
            float[][] back = unpack(kernels, pack(kernels, weights, format, POOL), POOL);
            for (int o = 0; o < back.length; o++) {
                assertThat(Arrays.copyOfRange(back[o], GROUP, 2 * GROUP)).containsOnly(0f);
                assertThat(largest(Arrays.copyOfRange(back[o], 0, GROUP))).isGreaterThan(0.5f);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void theSmallestFloatsDoNotTurnIntoNaN(Kernels kernels) {
        for (WeightFormat format : WeightFormat.values()) {
            for (float tiny : new float[] {Float.MIN_VALUE, -0x1p-147f, 0x1p-133f, Float.MIN_NORMAL, 1e-36f}) {
                var weights = new float[8][64];
                for (int o = 0; o < weights.length; o++) {
                    weights[o][o] = tiny;
                }
                for (float[] row : unpack(kernels, pack(kernels, weights, format, POOL), POOL)) {
                    for (float w : row) {
                        assertThat(Math.abs(w)).isLessThanOrEqualTo(Math.abs(2 * tiny));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.confab.engine.tensor.TestKernels#sets")
    void anUnpackedRowTouchesNothingBesideItself(Kernels kernels) {
        for (WeightFormat format : WeightFormat.values()) {
            PackedMatrix packed = pack(kernels, random(65, 63, 1), format, POOL);
            var destination = new float[80];
            Arrays.fill(destination, 7f);
            kernels.operations(POOL, 1).unpackRow(packed, 64, destination, 10);
            assertThat(Arrays.copyOfRange(destination, 0, 10)).containsOnly(7f);
            assertThat(Arrays.copyOfRange(destination, 10, 73)).doesNotContain(7f);
            assertThat(Arrays.copyOfRange(destination, 73, 80)).containsOnly(7f);
        }
    }

    /** Inputs are multiplied in 8 bits only by some kernels, but are rounded the same way for all of them. */
    @Test
    void inputsInEightBitsAreOffByAtMostHalfAStep() {
        float[][] x = random(3, 130, 5);
        Arrays.fill(x[1], 64, 128, 0f);
        var input = new PanelInput();
        input.set(TestKernels.matrix(x), 192, 3);
        input.quantize(3);
        for (int r = 0; r < 3; r++) {
            for (int g = 0; g < 3; g++) {
                float[] group =
                        Arrays.copyOf(Arrays.copyOfRange(x[r], g * GROUP, Math.min(130, (g + 1) * GROUP)), GROUP);
                float scale = input.scales[r * 3 + g];
                int sum = 0;
                for (int i = 0; i < GROUP; i++) {
                    short q = input.quantized[r * 192 + g * GROUP + i];
                    assertThat(Math.abs(q)).isLessThanOrEqualTo(127);
                    assertThat(Math.abs(q * scale - group[i])).isLessThanOrEqualTo(largest(group) / 254 * 1.00001f);
                    sum += q;
                }
                assertThat(input.sums[r * 3 + g]).isEqualTo(sum);
            }
        }
    }

    @Test
    void sizesThatAreNotPositiveAreRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new PackedShape(0, 3, WeightFormat.F32))
                .hasMessageContainingAll("0 outputs", "3 inputs");
    }
}
