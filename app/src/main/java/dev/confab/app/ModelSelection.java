package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import dev.confab.models.mini.ConfabMini;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which model, and how it is loaded. */
final class ModelSelection extends ModelLoading {
    @Option(
            names = "--model",
            order = FIRST,
            paramLabel = "NAME_OR_FOLDER",
            description = "a name on the Hugging Face hub, such as microsoft/DialoGPT-medium, or a folder (default:"
                    + " confab-mini, the small model that comes with Confab)")
    @Nullable
    String model;

    /** The name or folder, as a person knows it. */
    String name() {
        return model == null || model.isBlank() ? ConfabMini.NAME : model;
    }

    /** The name or folder, as the engine finds it. */
    String location(Surroundings surroundings) {
        return EmbeddedModel.locate(name(), surroundings);
    }

    /** The model, loaded, to be closed by the caller. */
    LanguageModel load(Surroundings surroundings, CommonOptions options) {
        return load(surroundings, options(surroundings, options));
    }

    /** The model, loaded in this way, to be closed by the caller. */
    LanguageModel load(Surroundings surroundings, ModelOptions how) {
        return LanguageModel.load(location(surroundings), how);
    }

    /** The model's tokenizer alone, which needs no weights. */
    Tokenizer tokenizer(Surroundings surroundings, CommonOptions options) {
        return Tokenizer.load(new ModelFolders(surroundings)
                .withTokenizer(location(surroundings), revision, ProgressBars.of(surroundings, options))
                .tokenizerFolder());
    }
}
