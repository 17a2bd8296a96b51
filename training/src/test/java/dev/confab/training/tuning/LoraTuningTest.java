package dev.confab.training.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelConverter;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.model.CheckpointFormat;
import dev.confab.engine.model.Gpt2ConfigFile;
import dev.confab.engine.model.LoraConfig;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.training.Trainer;
import dev.confab.training.TrainingListener;
import dev.confab.training.TrainingOptions;
import dev.confab.training.data.Batch;
import dev.confab.training.data.Batches;
import dev.confab.training.data.DatasetOptions;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.EncodingOptions;
import dev.confab.training.data.LossOn;
import dev.confab.training.data.TokenizedDataset;
import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.Parameter;
import dev.confab.training.gradient.ParameterReader;
import dev.confab.training.gradient.Workers;
import dev.confab.training.optimizer.LearningRate.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTuningTest {
    private static final Path BASE = Fixtures.model("tiny-a/st-f32");
    private static final LoraConfig CONFIG =
            new LoraConfig(BASE.toString(), 3, 6, false, List.of("c_attn", "c_proj", "c_fc"));

    @TempDir
    Path folder;

    private final Workers workers = new Workers(KernelSets.best(), 1);

    @AfterEach
    void endThreads() {
        workers.close();
    }

    private LoraTuning tuning() {
        var model =
                new Gpt2Gradients(Gpt2ConfigFile.read(BASE), workers, new Gpt2Gradients.Options(512, 128, 0, false));
        ParameterReader.read(BASE, model.layout(), model.parameters());
        return new LoraTuning(model, workers, CONFIG, 7);
    }

    private static Batch batch() {
        var random = new SplittableRandom(3);
        int[] ids = random.ints(4 * 24, 0, 500).toArray();
        float[] weights = new float[ids.length];
        Arrays.fill(weights, 1);
        for (int row = 0; row < 4; row++) {
            weights[row * 24] = 0;
        }
        return Batch.of(4, 24, ids, weights);
    }

    private static void drawAll(LoraTuning tuning) {
        var random = new SplittableRandom(11);
        for (int i = 0; i < tuning.parameters().length; i++) {
            tuning.parameters()[i] = random.nextFloat() * 0.2f - 0.1f;
        }
        tuning.apply();
    }

    @Test
    void aNewAdapterChangesNothing() {
        LoraTuning tuning = tuning();
        float[] before = tuning.model().parameters().clone();
        tuning.apply();

        assertThat(tuning.model().parameters()).isEqualTo(before);
        assertThat(tuning.layout().parameters()).hasSize(2 * 4 * 2);
    }

    /** For each A and B, along the direction of its own gradient, where the slope is the gradient's length. */
    @Test
    void gradientsAreThoseOfCentralDifferences() {
        LoraTuning tuning = tuning();
        drawAll(tuning);
        Batch batch = batch();
        tuning.model().clearGradients();
        tuning.model().accumulate(batch, 0);
        tuning.collectGradients();
        int checked = 0;
        for (Parameter parameter : tuning.layout().parameters()) {
            float[] start = tuning.parameters().clone();
            float[] gradient = Arrays.copyOfRange(tuning.gradients(), parameter.offset(), parameter.end());
            double length = 0;
            for (float g : gradient) {
                length += (double) g * g;
            }
            length = Math.sqrt(length);
            double step = 0.02;
            double slope = (lossAt(tuning, batch, parameter, start, gradient, step / length)
                            - lossAt(tuning, batch, parameter, start, gradient, -step / length))
                    / (2 * step);
            System.arraycopy(start, 0, tuning.parameters(), 0, start.length);
            assertThat(slope).as(parameter.name()).isCloseTo(length, within(5e-3 * length));
            checked++;
        }
        System.out.println(checked + " gradients of adapters");
        assertThat(checked).isEqualTo(16);
    }

    private static double lossAt(
            LoraTuning tuning, Batch batch, Parameter parameter, float[] start, float[] direction, double step) {
        for (int i = 0; i < direction.length; i++) {
            tuning.parameters()[parameter.offset() + i] = (float) (start[parameter.offset() + i] + step * direction[i]);
        }
        tuning.apply();
        return tuning.model().loss(batch);
    }

    @Test
    void aRunThatWasInterruptedGoesOnToTheSameAdapterToTheLastBit() throws IOException {
        try (TokenizedDataset data = dataset()) {
            LoraTuning whole = tuning();
            assertThat(train(whole, data, "whole", false, Integer.MAX_VALUE)).isEqualTo(Trainer.Outcome.COMPLETED);
            assertThat(train(tuning(), data, "parts", false, 4)).isEqualTo(Trainer.Outcome.INTERRUPTED);
            LoraTuning parts = tuning();
            assertThat(train(parts, data, "parts", true, Integer.MAX_VALUE)).isEqualTo(Trainer.Outcome.COMPLETED);

            assertThat(parts.parameters()).isEqualTo(whole.parameters()).isNotEqualTo(tuning().parameters());
            assertThat(parts.model().parameters()).isEqualTo(whole.model().parameters());
        }
    }

    private TokenizedDataset dataset() throws IOException {
        Path file = folder.resolve("data.jsonl");
        var lines = new StringBuilder();
        for (int i = 0; i < 120; i++) {
            lines.append("{\"turns\": [\"hello %d\", \"the cat sat %d times\"]}%n".formatted(i, i * i));
        }
        Files.writeString(file, lines);
        return TokenizedDataset.create(
                List.of(DialogueSource.of(file)),
                Tokenizer.load(Fixtures.tokenizer("small512")),
                new EncodingOptions(64, LossOn.ALL_TURNS, false),
                DatasetOptions.DEFAULT.withFolder(folder));
    }

    private Trainer.Outcome train(Tuning tuning, TokenizedDataset data, String name, boolean resume, int stopAfter) {
        TrainingOptions options = TrainingOptions.builder(0.01)
                .epochs(2)
                .schedule(Schedule.COSINE, 0.1, 0)
                .seed(5)
                .validate(1, 1)
                .build();
        var trainer = new AtomicReference<Trainer>();
        var listener = new TrainingListener() {
            @Override
            public void stepped(Step step) {
                if (step.step() == stopAfter) {
                    trainer.get().requestStop();
                }
            }
        };
        trainer.set(new Trainer(
                tuning,
                workers,
                Batches.shuffled(data, 512, 5),
                Optional.empty(),
                options,
                folder.resolve(name + ".safetensors"),
                "a test",
                resume,
                listener));
        assertThat(trainer.get().steps()).isGreaterThan(6);
        return trainer.get().run();
    }

    @Test
    void aSavedAdapterIsMergedByTheEngineToWhatWasTrained() {
        LoraTuning tuning = tuning();
        drawAll(tuning);
        Path adapter = folder.resolve("adapter");
        AdapterFolder.write(adapter, CONFIG, tuning.layout(), tuning.parameters());
        Path merged = folder.resolve("merged");
        ModelConverter.convert(adapter.toString(), CheckpointFormat.F32, merged, ModelOptions.defaults());

        try (Checkpoint checkpoint = Checkpoint.open(merged)) {
            for (Parameter parameter : tuning.model().layout().parameters()) {
                StoredTensor tensor =
                        checkpoint.tensor("transformer." + parameter.name()).orElseThrow();
                float[] values = new float[parameter.size()];
                tensor.readFloats(0, values, 0, values.length);
                for (int i = 0; i < values.length; i++) {
                    assertThat(Math.abs(values[i] - tuning.model().parameters()[parameter.offset() + i]))
                            .isLessThan(1e-6f);
                }
            }
        }
        try (LanguageModel model = LanguageModel.fromPretrained(adapter.toString())) {
            assertThat(model.config()).isEqualTo(Gpt2ConfigFile.read(BASE));
        }
    }

    @Test
    void tensorsOnDiskHavePeftsNamesAndShapes() {
        LoraTuning tuning = tuning();
        AdapterFolder.write(folder, CONFIG, tuning.layout(), tuning.parameters());

        try (Checkpoint checkpoint = Checkpoint.open(folder.resolve("adapter_model.safetensors"))) {
            assertThat(checkpoint.tensors())
                    .hasSize(16)
                    .extracting(StoredTensor::toString)
                    .contains(
                            "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight F32 [3, 32]",
                            "base_model.model.transformer.h.0.attn.c_attn.lora_B.weight F32 [96, 3]",
                            "base_model.model.transformer.h.1.mlp.c_proj.lora_A.weight F32 [3, 128]",
                            "base_model.model.transformer.h.1.mlp.c_proj.lora_B.weight F32 [32, 3]");
        }
        assertThat(Fixtures.json(folder.resolve("adapter_config.json"))
                        .get("fan_in_fan_out")
                        .booleanValue())
                .isTrue();
    }
}
