package dev.confab.app;

import dev.confab.training.TrainingRequest.Start;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The sizes of a model that {@code confab train} begins from nothing. */
final class TrainingModelOptions {
    private static final int USUAL_POSITIONS = 256;

    @Option(
            names = "--tokenizer",
            paramLabel = "FOLDER",
            description = "begin a new model with this tokenizer (see train-tokenizer) instead of --model")
    @Nullable
    Path tokenizer;

    @Option(
            names = "--layers",
            paramLabel = "N",
            defaultValue = "6",
            description = "of a new model (default: ${DEFAULT-VALUE})")
    int layers;

    @Option(
            names = "--hidden-size",
            paramLabel = "N",
            defaultValue = "256",
            description = "width of a new model (default: ${DEFAULT-VALUE})")
    int hiddenSize;

    @Option(
            names = "--heads",
            paramLabel = "N",
            defaultValue = "4",
            description = "attention heads of a new model, which divide its width (default: ${DEFAULT-VALUE})")
    int heads;

    @Option(
            names = "--context",
            paramLabel = "TOKENS",
            description =
                    "the longest row; a new model's positions (default: 256, or as many as --model has up to that)")
    @Nullable
    Integer context;

    Start.Nothing nothing(Path tokenizer) {
        return new Start.Nothing(tokenizer, layers, hiddenSize, heads, context == null ? USUAL_POSITIONS : context);
    }
}
