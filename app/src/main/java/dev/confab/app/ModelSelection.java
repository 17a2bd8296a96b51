package dev.confab.app;

import dev.confab.engine.hub.Hub;
import dev.confab.engine.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and how it is loaded. */
final class ModelSelection {
    @Option(
            names = "--model",
            paramLabel = "NAME_OR_FOLDER",
            description = "a name on the Hugging Face hub, such as microsoft/DialoGPT-medium, or a folder")
    @Nullable
    String model;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            defaultValue = Hub.DEFAULT_REVISION,
            description = "branch, tag or commit of a model on the hub (default: ${DEFAULT-VALUE})")
    String revision = Hub.DEFAULT_REVISION;

    /** The name or folder. */
    String name() {
        if (model == null || model.isBlank()) {
            throw new UsageException("no model given; say --model NAME_OR_FOLDER, such as --model microsoft/DialoGPT-small,"
                    + " or set CONFAB_MODEL");
        }
        return model;
    }

    /** The model's tokenizer alone, which needs no weights. */
    Tokenizer tokenizer(Surroundings surroundings, CommonOptions options) {
        return Tokenizer.load(new ModelFolders(surroundings)
                .withTokenizer(name(), revision, ProgressBars.of(surroundings, options)));
    }
}
