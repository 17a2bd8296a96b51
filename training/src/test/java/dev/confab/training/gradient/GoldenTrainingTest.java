package dev.confab.training.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.engine.model.Gpt2ConfigFile;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.training.optimizer.AdamW;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class GoldenTrainingTest {
    @ParameterizedTest
    @ValueSource(strings = {"tiny-a", "tiny-b", "tiny-g"})
    void lossesAreThoseOfTheReference(String model) {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        try (var workers = new Workers(KernelSets.best(), 2)) {
            Gpt2Gradients gpt2 = load(model, workers, false);
            for (JsonNode golden : Fixtures.golden("logits-" + model).get("loss")) {
                cases++;
                var batch = LabelledBatch.of(golden);
                double loss = gpt2.loss(batch) / batch.totalWeight();
                double expected = golden.get("loss_f64").doubleValue();
                if (!(Math.abs(loss - expected) <= 1e-5 * expected)) {
                    wrong.add("case " + cases + ": " + loss + " instead of " + expected);
                }
            }
        }
        System.out.println(model + ": " + cases + " losses");
        assertThat(wrong).isEmpty();
        assertThat(cases).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tiny-a", "tiny-b", "tiny-g"})
    void gradientsAreThoseOfTheReference(String model) {
        List<String> wrong = new ArrayList<>();
        int tensors = 0;
        try (var workers = new Workers(KernelSets.best(), 2)) {
            for (JsonNode golden : Fixtures.golden("logits-" + model).get("loss")) {
                if (!golden.has("grad_f64")) {
                    continue;
                }
                Gpt2Gradients gpt2 = load(model, workers, false);
                var batch = LabelledBatch.of(golden);
                gpt2.accumulate(batch, 0);
                for (Parameter parameter : gpt2.layout().parameters()) {
                    JsonNode expected = golden.get("grad_f64").get("transformer." + parameter.name());
                    compare(gpt2, parameter, expected, batch.totalWeight(), wrong);
                    tensors++;
                }
            }
        }
        System.out.println(model + ": gradients of " + tensors + " tensors");
        assertThat(wrong).isEmpty();
        assertThat(tensors).isPositive();
    }

    private static void compare(
            Gpt2Gradients gpt2, Parameter parameter, JsonNode expected, double weight, List<String> wrong) {
        double squares = 0;
        for (int i = parameter.offset(); i < parameter.end(); i++) {
            squares += gpt2.gradients()[i] / weight * (gpt2.gradients()[i] / weight);
        }
        double norm = expected.get("norm").doubleValue();
        if (!(Math.abs(Math.sqrt(squares) - norm) <= 1e-4 * norm)) {
            wrong.add(parameter.name() + ": norm " + Math.sqrt(squares) + " instead of " + norm);
        }
        for (int i = 0; i < 4; i++) {
            double found = gpt2.gradients()[parameter.offset() + i] / weight;
            double wanted = expected.get("first4").get(i).doubleValue();
            if (!(Math.abs(found - wanted) <= 1e-4 * norm)) {
                wrong.add(parameter.name() + "[" + i + "]: " + found + " instead of " + wanted);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "2, true"})
    void twentyStepsAreThoseOfTheReference(int threads, boolean checkpointing) {
        JsonNode golden = Fixtures.golden("train-tiny-a");
        try (var workers = new Workers(KernelSets.best(), threads)) {
            Gpt2Gradients gpt2 = load("tiny-a", workers, checkpointing);
            var optimizer = new AdamW(gpt2.layout(), AdamW.Options.DEFAULT, workers);
            int step = 0;
            for (JsonNode expected : golden.get("steps")) {
                var batch = LabelledBatch.of(expected);
                gpt2.clearGradients();
                double loss = gpt2.accumulate(batch, step) / batch.totalWeight();
                double norm = optimizer.norm(gpt2.gradients()) / batch.totalWeight();
                assertThat(loss)
                        .as("loss of step " + step)
                        .isCloseTo(expected.get("loss_f64").doubleValue(), within(1e-4));
                assertThat(norm)
                        .as("gradient norm of step " + step)
                        .isCloseTo(
                                expected.get("gradient_norm_before_clipping_f64")
                                        .doubleValue(),
                                within(1e-4 * norm));
                double scale = Math.min(1, 1 / norm) / batch.totalWeight();
                optimizer.step(
                        gpt2.parameters(),
                        gpt2.gradients(),
                        scale,
                        golden.get("learning_rate").doubleValue());
                step++;
            }
            assertParameters(gpt2, golden.get("parameters_after_f64"));
            System.out.println(step + " training steps with " + threads + " threads");
        }
    }

    private static void assertParameters(Gpt2Gradients gpt2, JsonNode expected) {
        for (Parameter parameter : gpt2.layout().parameters()) {
            JsonNode golden = expected.get("transformer." + parameter.name());
            double squares = 0;
            for (int i = parameter.offset(); i < parameter.end(); i++) {
                squares += (double) gpt2.parameters()[i] * gpt2.parameters()[i];
            }
            assertThat(Math.sqrt(squares))
                    .as("norm of " + parameter.name())
                    .isCloseTo(golden.get("norm").doubleValue(), within(1e-4 * Math.sqrt(squares)));
            for (int i = 0; i < 4; i++) {
                assertThat((double) gpt2.parameters()[parameter.offset() + i])
                        .as(parameter.name() + "[" + i + "]")
                        .isCloseTo(golden.get("first4").get(i).doubleValue(), within(1e-4));
            }
        }
    }

    private static Gpt2Gradients load(String model, Workers workers, boolean checkpointing) {
        Path folder = Fixtures.model(model + "/st-f32");
        var gpt2 = new Gpt2Gradients(
                Gpt2ConfigFile.read(folder), workers, new Gpt2Gradients.Options(512, 128, 0, checkpointing));
        ParameterReader.read(folder, gpt2.layout(), gpt2.parameters());
        return gpt2;
    }
}
