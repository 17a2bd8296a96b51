package dev.confab.app;

import dev.confab.training.TrainingOptions;
import dev.confab.training.optimizer.AdamW;
import dev.confab.training.optimizer.LearningRate.Schedule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code confab train} goes about it. */
final class TrainingLoopOptions {
    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "3",
            description = "how often the data is gone through; may be a fraction (default: ${DEFAULT-VALUE})")
    double epochs;

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            defaultValue = "4096",
            description = "tokens that go through the model together, padding included (default: ${DEFAULT-VALUE})")
    int batchTokens;

    @Option(
            names = "--accumulate",
            paramLabel = "N",
            defaultValue = "1",
            description = "batches whose gradients make one step (default: ${DEFAULT-VALUE})")
    int accumulate;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "the highest (default: 0.001 for a new model, 0.00005 for one that is fine-tuned)")
    @Nullable
    Double learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            defaultValue = "cosine",
            description = "constant, linear, cosine or noam (default: ${DEFAULT-VALUE})")
    String schedule = "cosine";

    @Option(
            names = "--warm-up",
            paramLabel = "SHARE",
            defaultValue = "0.03",
            description = "share of the steps until the highest rate (default: ${DEFAULT-VALUE})")
    double warmUp;

    @Option(
            names = "--final-rate",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "the last rate of linear and cosine as a share of the highest (default: ${DEFAULT-VALUE})")
    double finalRate;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            defaultValue = "0.1",
            description = "AdamW's, on matrices only (default: ${DEFAULT-VALUE})")
    float weightDecay;

    @Option(
            names = "--beta1",
            paramLabel = "X",
            defaultValue = "0.9",
            description = "AdamW's (default: ${DEFAULT-VALUE})")
    float beta1;

    @Option(
            names = "--beta2",
            paramLabel = "X",
            defaultValue = "0.95",
            description = "AdamW's (default: ${DEFAULT-VALUE})")
    float beta2;

    @Option(
            names = "--clip",
            paramLabel = "NORM",
            defaultValue = "1",
            description = "the most that the norm of all gradients may be (default: ${DEFAULT-VALUE})")
    double clip;

    @Option(
            names = "--dropout",
            paramLabel = "P",
            defaultValue = "0",
            description = "on embeddings, attention and residual branches (default: ${DEFAULT-VALUE})")
    float dropout;

    @Option(
            names = "--gradient-checkpointing",
            description = "need less memory and a third more time, for large models")
    boolean gradientCheckpointing;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "of everything that chance decides (default: ${DEFAULT-VALUE})")
    long seed;

    @Option(
            names = "--validate-every",
            paramLabel = "STEPS",
            defaultValue = "200",
            description = "steps between two validations; the best model is kept (default: ${DEFAULT-VALUE})")
    int validateEvery;

    @Option(
            names = "--validation-batches",
            paramLabel = "N",
            defaultValue = "32",
            description = "batches that a validation looks at (default: ${DEFAULT-VALUE})")
    int validationBatches;

    @Option(
            names = "--patience",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "end after so many validations without a better loss; 0 for never (default: ${DEFAULT-VALUE})")
    int patience;

    @Option(
            names = "--save-minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "time between two saved states; Ctrl-C saves too (default: ${DEFAULT-VALUE})")
    double saveMinutes;

    TrainingOptions options(double usualRate) {
        return TrainingOptions.builder(learningRate == null ? usualRate : learningRate)
                .epochs(epochs)
                .accumulation(accumulate)
                .schedule(Choices.of("--schedule", schedule, Schedule.class), warmUp, finalRate)
                .optimizer(optimizer())
                .clip(clip)
                .seed(seed)
                .validate(validateEvery, validationBatches)
                .patience(patience)
                .saveEvery(Duration.ofMillis((long) (saveMinutes * 60_000)))
                .build();
    }

    private AdamW.Options optimizer() {
        try {
            return new AdamW.Options(beta1, beta2, AdamW.Options.DEFAULT.epsilon(), weightDecay);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
