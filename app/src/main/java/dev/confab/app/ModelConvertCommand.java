package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelConverter;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.CheckpointFormat;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code confab model convert}: makes a model's working weights now, so that its next start finds them; or writes a folder
 * with its weights in another format.
 */
@Command(
        name = "convert",
        description = {
            "With --output, writes a model to a folder of its own, its weights in another format: f32 (if left out),"
                    + " f16 or bf16 for transformers and Confab, or q8 for Confab, which is a quarter of f32.",
            "Without, converts a model's weights to their working format and keeps them, so that it starts at once;"
                    + " the first chat does the same by itself."
        })
final class ModelConvertCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "NAME_OR_FOLDER", description = "the same as --model")
    @Nullable
    String parameter;

    @Option(names = "--output", paramLabel = "FOLDER", description = "a new or empty folder to write the model to")
    @Nullable
    Path output;

    @Mixin
    ModelSelection selection;

    @Mixin
    CommonOptions common;

    ModelConvertCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (parameter != null) {
            selection.model = parameter;
        }
        if (output != null) {
            write(output);
            return 0;
        }
        try (LanguageModel model = selection.load(surroundings, common)) {
            if (!common.quiet) {
                surroundings
                        .err()
                        .println(selection.name() + " is ready in "
                                + model.model().format().label() + ", "
                                + Sizes.bytes(model.model().weightBytes()));
            }
        }
        return 0;
    }

    private void write(Path folder) {
        CheckpointFormat format = format();
        ModelConverter.convert(selection.name(), format, folder, selection.origin(surroundings, common));
        if (!common.quiet) {
            surroundings.err().println(folder + ": " + selection.name() + " in " + format.label());
        }
    }

    private CheckpointFormat format() {
        try {
            return selection.weights == null ? CheckpointFormat.F32 : CheckpointFormat.of(selection.weights);
        } catch (ConfabException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
