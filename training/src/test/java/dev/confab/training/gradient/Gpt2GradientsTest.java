package dev.confab.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.sun.management.ThreadMXBean;
import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.training.data.Batch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Gpt2GradientsTest {
    private static final double STEP = 1e-5;
    private static final int SAMPLES = 12;

    @ParameterizedTest
    @CsvSource({
        "vector, GELU_NEW, true, false, true",
        "scalar, GELU_NEW, true, false, true",
        "vector, RELU, false, false, false",
        "vector, QUICK_GELU, true, true, true",
        "vector, SILU, true, true, false",
        "scalar, TANH, true, false, false",
        "vector, IDENTITY, true, false, true",
    })
    void gradientsAreTheSlopesOfTheLoss(
            String kernels, Activation activation, boolean scaled, boolean byLayer, boolean tied) {
        var config = new Gpt2Config(
                37,
                9,
                12,
                2,
                3,
                20,
                activation,
                1e-5f,
                scaled,
                byLayer,
                tied,
                OptionalInt.empty(),
                OptionalInt.empty());
        var random = new Random(5);
        try (var workers = new Workers(KernelSets.of(kernels), 2)) {
            Gpt2Gradients model = model(config, workers, 0, false, random);
            Batch batch = batch(config, random);
            double loss = model.accumulate(batch, 0);
            double[] parameters = doubles(model.parameters());
            var reference = new ReferenceGpt2(config, model.layout(), parameters);
            assertThat(loss).isCloseTo(reference.loss(batch), within(1e-4 * loss));
            List<String> wrong = new ArrayList<>();
            for (Parameter parameter : model.layout().parameters()) {
                double[] size = {0};
                for (int sample = 0; sample < SAMPLES; sample++) {
                    int at = parameter.offset() + random.nextInt(parameter.size());
                    double slope = slope(reference, parameters, at, batch);
                    size[0] = Math.max(size[0], Math.abs(slope));
                    double gradient = model.gradients()[at];
                    if (!(Math.abs(gradient - slope) <= 2e-4 * (1 + Math.abs(slope)))) {
                        wrong.add(parameter.name() + "[" + (at - parameter.offset()) + "]: " + gradient + " instead of "
                                + slope);
                    }
                }
                assertThat(size[0])
                        .as("the slopes of " + parameter.name() + " are not all zero")
                        .isPositive();
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void theGradientOfAKeysBiasIsZero() {
        var config = Gpt2Config.of(37, 9, 12, 1, 3);
        var random = new Random(6);
        try (var workers = new Workers(KernelSets.best(), 1)) {
            Gpt2Gradients model = model(config, workers, 0, false, random);
            model.accumulate(batch(config, random), 0);
            int bias = model.layout().get("h.0.attn.c_attn.bias").offset();
            for (int i = 0; i < 12; i++) {
                assertThat(model.gradients()[bias + 12 + i]).isZero();
                assertThat(model.gradients()[bias + 24 + i]).isNotZero();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0.2, 2"})
    void checkpointingGivesTheSameGradientsToTheLastBit(float dropout, int threads) {
        var config = Gpt2Config.of(61, 70, 24, 3, 2);
        try (var workers = new Workers(KernelSets.best(), threads)) {
            Gpt2Gradients plain = model(config, workers, dropout, false, new Random(7));
            Gpt2Gradients checkpointing = model(config, workers, dropout, true, new Random(7));
            Batch batch = batch(config, new Random(8));
            assertThat(checkpointing.accumulate(batch, 9)).isEqualTo(plain.accumulate(batch, 9));
            assertThat(checkpointing.gradients()).isEqualTo(plain.gradients());
        }
    }

    @Test
    void threadsDoNotChangeTheGradients() {
        var config = Gpt2Config.of(61, 70, 24, 2, 2);
        try (var one = new Workers(KernelSets.best(), 1);
                var three = new Workers(KernelSets.best(), 3)) {
            Gpt2Gradients alone = model(config, one, 0.1f, false, new Random(7));
            Gpt2Gradients together = model(config, three, 0.1f, false, new Random(7));
            Batch batch = batch(config, new Random(8));
            assertThat(together.accumulate(batch, 3)).isEqualTo(alone.accumulate(batch, 3));
            assertThat(together.gradients()).isEqualTo(alone.gradients());
        }
    }

    /** Along the gradient g the loss with the same dropout changes by |g|^2. */
    @Test
    void theGradientKnowsWhatWasDroppedOut() {
        var config = Gpt2Config.of(41, 20, 16, 2, 2);
        try (var workers = new Workers(KernelSets.best(), 2)) {
            Gpt2Gradients model = model(config, workers, 0.3f, false, new Random(1));
            Batch batch = batch(config, new Random(2));
            double loss = model.accumulate(batch, 4);
            float[] gradients = model.gradients().clone();
            double square = 0;
            for (float gradient : gradients) {
                square += (double) gradient * gradient;
            }
            double step = 1e-2 / Math.sqrt(square);
            double up = lossAfter(model, gradients, step, batch);
            double down = lossAfter(model, gradients, -2 * step, batch);
            assertThat((up - down) / (2 * step)).isCloseTo(square, within(0.01 * square));
            assertThat(model.loss(batch)).as("measured without dropout").isNotCloseTo(loss, within(1e-3));
        }
    }

    private static double lossAfter(Gpt2Gradients model, float[] direction, double step, Batch batch) {
        for (int i = 0; i < direction.length; i++) {
            model.parameters()[i] += (float) (step * direction[i]);
        }
        return model.accumulate(batch, 4);
    }

    @Test
    void aStepAllocatesNothing() {
        var config = Gpt2Config.of(61, 70, 24, 2, 2);
        try (var workers = new Workers(KernelSets.of("scalar"), 1)) {
            Gpt2Gradients model = model(config, workers, 0.1f, false, new Random(7));
            Batch batch = batch(config, new Random(8));
            var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            model.accumulate(batch, 0);
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20; i++) {
                model.accumulate(batch, i);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
        }
    }

    /** Small objects beside the arrays do not count, so a tenth is allowed. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void memoryIsForeseen(boolean checkpointing) {
        var config = Gpt2Config.of(500, 128, 64, 4, 4);
        var options = new Gpt2Gradients.Options(4096, 128, 0, checkpointing);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var workers = new Workers(KernelSets.of("scalar"), 1)) {
            long before = threads.getCurrentThreadAllocatedBytes();
            var model = new Gpt2Gradients(config, workers, options);
            long taken = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(model.layout().size()).isPositive();
            assertThat((double) taken).isCloseTo((double) Gpt2Gradients.bytes(config, options), withinPercentage(10));
        }
    }

    @Test
    void aBatchThatDoesNotFitIsRefused() {
        var config = Gpt2Config.of(37, 9, 12, 1, 3);
        try (var workers = new Workers(KernelSets.best(), 1)) {
            Gpt2Gradients model = model(config, workers, 0, false, new Random(1));
            assertThatThrownBy(() -> model.loss(Batch.of(1, 10, new int[10], new float[10])))
                    .hasMessageContaining("1 rows of 10 tokens")
                    .hasMessageContaining("9 in a row");
            assertThatThrownBy(() -> model.loss(Batch.of(1, 2, new int[] {1, 37}, new float[2])))
                    .hasMessageContaining("token 37 at 1")
                    .hasMessageContaining("0 to 36");
        }
    }

    private static double slope(ReferenceGpt2 reference, double[] parameters, int at, Batch batch) {
        double value = parameters[at];
        parameters[at] = value + STEP;
        double up = reference.loss(batch);
        parameters[at] = value - STEP;
        double down = reference.loss(batch);
        parameters[at] = value;
        return (up - down) / (2 * STEP);
    }

    private static Gpt2Gradients model(
            Gpt2Config config, Workers workers, float dropout, boolean checkpointing, Random random) {
        var options = new Gpt2Gradients.Options(400, config.positions(), dropout, checkpointing);
        var model = new Gpt2Gradients(config, workers, options);
        for (int i = 0; i < model.parameters().length; i++) {
            model.parameters()[i] = (float) (0.3 * random.nextGaussian());
        }
        return model;
    }

    /** Rows as long as the model's positions, padded, and with weights of all kinds. */
    private static Batch batch(Gpt2Config config, Random random) {
        int rows = 3;
        int length = config.positions();
        int[] ids =
                random.ints((long) rows * length, 0, config.vocabularySize()).toArray();
        float[] weights = new float[rows * length];
        for (int i = 0; i < weights.length; i++) {
            boolean padding = i / length == 2 && i % length > length / 2;
            weights[i] = i % length == 0 || padding ? 0 : new float[] {0, 1, 1, 0.5f}[random.nextInt(4)];
        }
        return Batch.of(rows, length, ids, weights);
    }

    private static double[] doubles(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }
}
