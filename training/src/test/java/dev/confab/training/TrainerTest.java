package dev.confab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.hub.Progress;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.training.Trainer.Outcome;
import dev.confab.training.TrainingRequest.Start;
import dev.confab.training.data.BrokenLines;
import dev.confab.training.data.DataListener;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.EncodingOptions;
import dev.confab.training.data.LossOn;
import dev.confab.training.optimizer.AdamW;
import dev.confab.training.optimizer.LearningRate.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final String[] WORDS = {"the", "cat", "sat", "on", "a", "mat", "and", "saw", "you"};

    @TempDir
    Path folder;

    @Test
    void aRunThatWasInterruptedGoesOnToTheSameNumbersToTheLastBit() throws IOException {
        List<Double> whole = losses(request("whole", 0.1f, false), Integer.MAX_VALUE);
        List<Double> first = losses(request("parts", 0.1f, false), 7);
        List<Double> second = losses(request("parts", 0.1f, true), Integer.MAX_VALUE);
        assertThat(first).hasSize(7);
        var joined = new ArrayList<>(first);
        joined.addAll(second);
        assertThat(joined).isEqualTo(whole).hasSizeGreaterThan(10);
        assertThat(Files.readAllBytes(folder.resolve("parts/model.safetensors")))
                .isEqualTo(Files.readAllBytes(folder.resolve("whole/model.safetensors")));
        assertThat(Files.readAllLines(folder.resolve("parts/training-log.jsonl")))
                .hasSameSizeAs(Files.readAllLines(folder.resolve("whole/training-log.jsonl")));
    }

    @Test
    void aTrainedModelIsLoadedByTheEngineAndSaysWhatItLearned() throws IOException {
        Files.writeString(folder.resolve("one.jsonl"), "{\"turns\": [\"hello\", \"the cat sat\"]}\n".repeat(64));
        TrainingRequest request = request("parrot", List.of(folder.resolve("one.jsonl")), 0, false, options(60, 0.01));
        try (var run = TrainingRun.prepare(request, TrainingListener.NONE, DataListener.NONE, Progress.NONE)) {
            assertThat(run.run()).isEqualTo(Outcome.COMPLETED);
        }
        try (LanguageModel model =
                LanguageModel.fromPretrained(folder.resolve("parrot").toString())) {
            int[] prompt = model.tokenizer().encode("hello" + model.tokenizer().eosToken());
            int[] reply = model.generate(
                    prompt, GenerationConfig.builder().maxNewTokens(20).build());
            assertThat(model.tokenizer().decode(reply)).isEqualTo("hello<|endoftext|>the cat sat<|endoftext|>");
        }
        assertThat(folder.resolve("parrot"))
                .isDirectoryContaining("glob:**/README.md")
                .isDirectoryContaining("glob:**/tokenizer.json")
                .isDirectoryContaining("glob:**/generation_config.json")
                .isDirectoryContaining("glob:**/training-loss.png");
    }

    @Test
    void fineTuningBeginsWithTheCheckpointsOwnLoss() throws IOException {
        Path data = dialogues("fine.jsonl", 30, 3);
        Path base = folder.resolve("base");
        run(request("base", List.of(data), 0, false, options(2, 0.005)), Integer.MAX_VALUE);
        TrainingRequest fresh = request("fresh", List.of(data), 0, false, options(1, 1e-9));
        var tuned = new TrainingRequest(
                new Start.Checkpoint(base),
                Optional.empty(),
                fresh.training(),
                List.of(),
                0.2,
                BrokenLines.FAIL,
                Optional.empty(),
                fresh.encoding(),
                512,
                0,
                true,
                options(1, 1e-9),
                folder.resolve("tuned"),
                false,
                KernelSets.best(),
                1);
        double before = run(fresh, Integer.MAX_VALUE).getFirst().loss();
        double after = run(tuned, Integer.MAX_VALUE).getFirst().loss();
        assertThat(after).isLessThan(before - 0.5);
    }

    @Test
    void itEndsEarlyWhenTheValidationLossRises() throws IOException {
        Path training = dialogues("train.jsonl", 4, 1);
        Path validation = dialogues("valid.jsonl", 40, 99);
        TrainingOptions options = options(200, 0.02);
        var patient = new TrainingOptions(
                options.epochs(),
                1,
                options.learningRate(),
                Schedule.CONSTANT,
                0,
                0,
                options.optimizer(),
                1,
                1,
                2,
                8,
                3,
                Duration.ofHours(1));
        TrainingRequest plain = request("early", List.of(training), 0, false, patient);
        var request = new TrainingRequest(
                plain.start(),
                Optional.empty(),
                plain.training(),
                List.of(DialogueSource.of(validation)),
                0,
                BrokenLines.FAIL,
                Optional.empty(),
                plain.encoding(),
                512,
                0,
                false,
                patient,
                plain.output(),
                false,
                KernelSets.best(),
                1);
        try (var run = TrainingRun.prepare(request, TrainingListener.NONE, DataListener.NONE, Progress.NONE)) {
            assertThat(run.run()).isEqualTo(Outcome.STOPPED_EARLY);
            assertThat(run.step()).isLessThan(run.steps());
        }
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndKeepsTheLastState() throws IOException {
        TrainingRequest request = request("diverged", List.of(dialogues("d.jsonl", 50, 2)), 0, false, options(5, 1e30));
        assertThatThrownBy(() -> run(request, Integer.MAX_VALUE))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("lower learning rate");
    }

    @Test
    void aStateThatIsThereIsNeitherOverwrittenNorTakenForAnother() throws IOException {
        losses(request("state", 0, false), 3);
        assertThatThrownBy(() -> losses(request("state", 0, false), 3)).hasMessageContaining("--resume");
        assertThatThrownBy(() -> losses(request("state", 0.3f, true), 3))
                .hasMessageContaining("of another run")
                .hasMessageContaining("dropout 0.3");
    }

    private List<Double> losses(TrainingRequest request, int stopAfter) {
        return run(request, stopAfter).stream().map(TrainingListener.Step::loss).toList();
    }

    private static List<TrainingListener.Step> run(TrainingRequest request, int stopAfter) {
        var steps = new ArrayList<TrainingListener.Step>();
        var current = new AtomicReference<TrainingRun>();
        var listener = new TrainingListener() {
            @Override
            public void stepped(Step step) {
                steps.add(step);
                if (step.step() == stopAfter) {
                    current.get().requestStop();
                }
            }
        };
        try (var run = TrainingRun.prepare(request, listener, DataListener.NONE, Progress.NONE)) {
            current.set(run);
            run.run();
        }
        return steps;
    }

    private TrainingRequest request(String name, float dropout, boolean resume) throws IOException {
        return request(name, List.of(dialogues("data.jsonl", 120, 1)), dropout, resume, options(3, 0.003));
    }

    private TrainingRequest request(
            String name, List<Path> data, float dropout, boolean resume, TrainingOptions options) {
        return new TrainingRequest(
                new Start.Nothing(Fixtures.tokenizer("small512"), 2, 32, 2, 64),
                Optional.empty(),
                data.stream().map(DialogueSource::of).toList(),
                List.of(),
                0,
                BrokenLines.FAIL,
                Optional.empty(),
                new EncodingOptions(64, LossOn.ALL_TURNS, false),
                512,
                dropout,
                false,
                options,
                folder.resolve(name),
                resume,
                KernelSets.best(),
                1);
    }

    private static TrainingOptions options(double epochs, double learningRate) {
        return new TrainingOptions(
                epochs,
                1,
                learningRate,
                Schedule.COSINE,
                0.1,
                0.1,
                AdamW.Options.DEFAULT,
                1,
                1,
                10,
                4,
                0,
                Duration.ofHours(1));
    }

    private Path dialogues(String name, int count, int seed) throws IOException {
        var random = new Random(seed);
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append("{\"turns\": [\"")
                    .append(sentence(random))
                    .append("\", \"")
                    .append(sentence(random));
            lines.append("\"]}\n");
        }
        return Files.writeString(folder.resolve(name), lines);
    }

    private static String sentence(Random random) {
        var words = new ArrayList<String>();
        for (int i = random.nextInt(2, 8); i > 0; i--) {
            words.add(WORDS[random.nextInt(WORDS.length)]);
        }
        return String.join(" ", words);
    }

    @Test
    void aModelThatDoesNotFitIntoMemoryIsRefusedWithWhatToDo() throws IOException {
        TrainingRequest small = request("large", 0, false);
        var large = new TrainingRequest(
                new Start.Nothing(Fixtures.tokenizer("small512"), 96, 4096, 16, 64),
                small.lora(),
                small.training(),
                List.of(),
                0,
                BrokenLines.FAIL,
                Optional.empty(),
                small.encoding(),
                4096,
                0,
                false,
                small.options(),
                small.output(),
                false,
                KernelSets.best(),
                1);
        assertThatThrownBy(() -> run(large, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("GB of memory")
                .hasMessageContaining("-Xmx");
    }
}
