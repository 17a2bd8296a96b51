package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.WeightFormat;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * What rounding weights and activations costs on the golden checkpoints: the mean divergence of the next token's
 * distribution from that of f32 weights, and how often both find the same token the likeliest, at all positions of the
 * golden prompts. Prints what {@code docs/kernels.md} says of them.
 */
final class DivergenceTest {
    private static final List<String> CHECKPOINTS = List.of("tiny-a", "tiny-b", "tiny-g");

    @Test
    void theFinerActivationsAreRoundedTheLessItCostsBesideQ8() {
        var roundings = List.of(
                Rounding.NONE,
                Rounding.BF16,
                Rounding.EIGHT_BITS_IN_GROUPS,
                Rounding.EIGHT_BITS_IN_ROWS,
                Rounding.SEVEN_BITS_IN_GROUPS);
        assertThat(roundings.stream()
                        .mapToDouble(r -> inSoftware(WeightFormat.Q8, r).meanKl())
                        .toArray())
                .isSorted();
    }

    @Test
    void roundingActivationsCostsNextToNothingBesideQ4() {
        double weightsAlone = inSoftware(WeightFormat.Q4, Rounding.NONE).meanKl();
        for (Rounding rounding : Rounding.values()) {
            assertThat(inSoftware(WeightFormat.Q4, rounding).meanKl())
                    .as(rounding.label())
                    .isLessThan(1.05 * weightsAlone);
        }
    }

    /** Sums in another order round a few activations the other way, hence the tolerances. */
    @ParameterizedTest
    @CsvSource({
        "Q8, F32, 0.0011", "Q8, BF16, 0.0012", "Q8, INT8, 0.0045",
        "Q4, F32, 0.21", "Q4, BF16, 0.21", "Q4, INT8, 0.21"
    })
    void oneDnnCostsWhatItsRoundingDoes(WeightFormat weights, ActivationFormat activations, double mostKl) {
        Rounding allowed = switch (activations) {
            case INT8 -> Rounding.ofIntegers();
            case BF16 -> Rounding.BF16;
            case F32, AUTO -> Rounding.NONE;
        };
        Divergence inSoftware = inSoftware(weights, allowed);
        Divergence onOneDnn = measured(weights, Models.onOneDnn(activations));
        // Without bf16 units activations are not rounded to bf16, which costs less.
        assertThat(onOneDnn.meanKl())
                .isLessThan(mostKl)
                .isBetween(0.8 * inSoftware.meanKl(), 1.1 * inSoftware.meanKl());
        assertThat(onOneDnn.agreement()).isGreaterThan(inSoftware.agreement() - 0.03);
    }

    private static Divergence inSoftware(WeightFormat weights, Rounding rounding) {
        return measured(weights, new RoundingKernels(Matrices.JAVA, rounding));
    }

    private static Divergence measured(WeightFormat weights, Kernels kernels) {
        Divergence divergence = CHECKPOINTS.stream()
                .map(checkpoint -> of(checkpoint, weights, kernels))
                .reduce(Divergence.NONE, Divergence::plus);
        System.out.printf(
                "%s, %s: mean KL %.5f, agreement %.1f %% of %d positions%n",
                weights.label(),
                kernels.name(),
                divergence.meanKl(),
                100 * divergence.agreement(),
                divergence.positions);
        return divergence;
    }

    /**
     * Sums over positions.
     *
     * @param kl of the divergences
     * @param agreeing how many have the same likeliest token
     */
    private record Divergence(double kl, int agreeing, int positions) {
        static final Divergence NONE = new Divergence(0, 0, 0);

        /** Of one position, given both models' log-probabilities. */
        static Divergence of(float[] expected, float[] actual) {
            double kl = 0;
            for (int i = 0; i < expected.length; i++) {
                kl += Math.exp(expected[i]) * ((double) expected[i] - actual[i]);
            }
            return new Divergence(kl, Scores.argmax(expected) == Scores.argmax(actual) ? 1 : 0, 1);
        }

        Divergence plus(Divergence other) {
            return new Divergence(kl + other.kl, agreeing + other.agreeing, positions + other.positions);
        }

        double meanKl() {
            return kl / positions;
        }

        double agreement() {
            return (double) agreeing / positions;
        }
    }

    private static Divergence of(String checkpoint, WeightFormat weights, Kernels kernels) {
        Path folder = Fixtures.model(checkpoint + "/st-f32");
        Divergence sum = Divergence.NONE;
        try (Gpt2 exact = Gpt2Loader.load(folder, Models.options(WeightFormat.F32, Matrices.JAVA));
                Gpt2 rounded = Gpt2Loader.load(folder, Models.options(weights, kernels))) {
            for (JsonNode prompt : Fixtures.golden("logits-" + checkpoint).path("logits")) {
                int[] tokens = prompt.path("input_ids")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .toArray();
                float[][] expected = logProbabilities(exact, tokens);
                float[][] actual = logProbabilities(rounded, tokens);
                for (int i = 0; i < tokens.length; i++) {
                    sum = sum.plus(Divergence.of(expected[i], actual[i]));
                }
            }
        }
        return sum;
    }

    private static float[][] logProbabilities(Gpt2 model, int[] tokens) {
        var rows = new float[tokens.length][model.config().vocabularySize()];
        var batch = new ForwardBatch();
        try (KeyValueCache cache = model.newCache()) {
            batch.add(cache, tokens, 0, tokens.length, tokens.length);
            model.forward(batch);
            for (int i = 0; i < rows.length; i++) {
                batch.copyLogits(i, rows[i]);
                model.logSoftmax(rows[i]);
            }
        }
        return rows;
    }
}
