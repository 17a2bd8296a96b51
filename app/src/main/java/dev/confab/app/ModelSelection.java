package dev.confab.app;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.WeightFormat;
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

    @Option(
            names = "--weights",
            paramLabel = "FORMAT",
            description = "f32, bf16, q8 or q4 (default: q8 above 100 million parameters, f32 below)")
    @Nullable
    String weights;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads that compute (default: one for each core of the processor)")
    @Nullable
    Integer threads;

    @Option(
            names = "--kernels",
            paramLabel = "SET",
            description = "auto, vector or scalar (default: the fastest that runs here)")
    @Nullable
    String kernels;

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

    /** How the options say that a model is to be loaded. */
    ModelOptions options(Surroundings surroundings, CommonOptions options) {
        ModelOptions load = ModelOptions.defaults()
                .withHub(HubOptions.fromEnvironment(surroundings.environment()))
                .withRevision(revision)
                .withProgress(ProgressBars.of(surroundings, options));
        if (weights != null) {
            load = load.withWeights(format(weights));
        }
        if (threads != null) {
            load = load.withThreads(threads);
        }
        if (kernels != null) {
            load = load.withKernels(KernelSets.of(kernels));
        }
        return load;
    }

    private static WeightFormat format(String label) {
        try {
            return WeightFormat.of(label);
        } catch (ConfabException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** The model's tokenizer alone, which needs no weights. */
    Tokenizer tokenizer(Surroundings surroundings, CommonOptions options) {
        return Tokenizer.load(
                new ModelFolders(surroundings).withTokenizer(name(), revision, ProgressBars.of(surroundings, options)));
    }
}
