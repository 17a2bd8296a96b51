package dev.confab.app;

import dev.confab.engine.LanguageModel;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab model convert}: makes a model's working weights now, so that its next start finds them. */
@Command(
        name = "convert",
        description = "Converts a model's weights to their working format and keeps them, so that it starts at once."
                + " The first chat does the same by itself.")
final class ModelConvertCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "NAME_OR_FOLDER", description = "the same as --model")
    @Nullable
    String parameter;

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
}
