package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.tokenizer.Tokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and how it is loaded. */
final class ModelSelection extends ModelLoading {
    @Option(
            names = "--model",
            order = FIRST,
            paramLabel = "NAME_OR_FOLDER",
            description = "a name on the Hugging Face hub, such as microsoft/DialoGPT-medium, or a folder")
    @Nullable
    String model;

    /** The name or folder. */
    String name() {
        if (model == null || model.isBlank()) {
            throw new UsageException(
                    "no model given; say --model NAME_OR_FOLDER, such as --model microsoft/DialoGPT-small,"
                            + " or set CONFAB_MODEL");
        }
        return model;
    }

    /** The model, loaded, to be closed by the caller. */
    LanguageModel load(Surroundings surroundings, CommonOptions options) {
        return LanguageModel.load(name(), options(surroundings, options));
    }

    /** The model's tokenizer alone, which needs no weights. */
    Tokenizer tokenizer(Surroundings surroundings, CommonOptions options) {
        return Tokenizer.load(new ModelFolders(surroundings)
                .withTokenizer(name(), revision, ProgressBars.of(surroundings, options))
                .tokenizerFolder());
    }
}
