package dev.confab.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.training.Trainer.Outcome;
import dev.confab.training.TrainingRequest.Start;
import dev.confab.training.data.BrokenLines;
import dev.confab.training.data.DialogueSource;
import dev.confab.training.data.LossOn;
import dev.confab.training.optimizer.LearningRate.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        try (var run = TrainingRun.prepare(request, TrainingListener.NONE)) {
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
        TrainingRequest tuned = TrainingRequest.builder(new Start.Checkpoint(base), folder.resolve("tuned"))
                .data(fresh.training())
                .validationShare(0.2)
                .context(64)
                .lossOn(LossOn.ALL_TURNS)
                .batchTokens(512)
                .gradientCheckpointing(true)
                .options(options(1, 1e-9))
                .threads(1)
                .build();
        double before = run(fresh, Integer.MAX_VALUE).getFirst().loss();
        double after = run(tuned, Integer.MAX_VALUE).getFirst().loss();
        assertThat(after).isLessThan(before - 0.5);
    }

    @Test
    void itEndsEarlyWhenTheValidationLossRises() throws IOException {
        Path training = dialogues("train.jsonl", 4, 1);
        Path validation = dialogues("valid.jsonl", 40, 99);
        TrainingOptions patient = TrainingOptions.builder(0.02)
                .epochs(200)
                .schedule(Schedule.CONSTANT, 0, 0)
                .validate(2, 8)
                .patience(3)
                .build();
        TrainingRequest request = builder("early", 2, 32)
                .data(training)
                .validation(List.of(DialogueSource.of(validation)))
                .options(patient)
                .build();
        try (var run = TrainingRun.prepare(request, TrainingListener.NONE)) {
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
        try (var run = TrainingRun.prepare(request, listener)) {
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
        return builder(name, 2, 32)
                .data(data.stream().map(DialogueSource::of).toList())
                .dropout(dropout)
                .options(options)
                .resume(resume)
                .build();
    }

    private TrainingRequestBuilder builder(String name, int layers, int hiddenSize) {
        Start start = new Start.Nothing(Fixtures.tokenizer("small512"), layers, hiddenSize, 2, 64);
        return TrainingRequest.builder(start, folder.resolve(name))
                .validationShare(0)
                .brokenLines(BrokenLines.FAIL)
                .batchTokens(512)
                .threads(1);
    }

    private static TrainingOptions options(double epochs, double learningRate) {
        return TrainingOptions.builder(learningRate)
                .epochs(epochs)
                .schedule(Schedule.COSINE, 0.1, 0.1)
                .validate(10, 4)
                .saveEvery(Duration.ofHours(1))
                .build();
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
        TrainingRequest large = builder("large", 96, 4096)
                .data(dialogues("data.jsonl", 120, 1))
                .batchTokens(4096)
                .build();
        assertThatThrownBy(() -> run(large, 1))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("GB of memory")
                .hasMessageContaining("-Xmx");
    }
}
