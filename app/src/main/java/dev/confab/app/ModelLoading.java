package dev.confab.app;

import dev.confab.engine.ModelOptions;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.WeightFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How models are loaded, whichever they are. */
abstract sealed class ModelLoading permits ModelSelection, ModelList {
    /** Puts the option that says which models in front of those that say how. */
    static final int FIRST = -2;

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
            description = "auto, vector, scalar or onednn (default: auto, the fastest that runs here)")
    @Nullable
    String kernels;

    @Option(
            names = "--activations",
            paramLabel = "FORMAT",
            description = "auto, f32, bf16 or int8: how far onednn may round what it multiplies weights with (default:"
                    + " auto, so little that it hardly counts)")
    @Nullable
    String activations;

    /** How the options say that a model is to be loaded. */
    ModelOptions options(Surroundings surroundings, CommonOptions options) {
        return options(surroundings, options, kernels);
    }

    /** The same with another kernel set; null stands for the fastest. */
    ModelOptions options(Surroundings surroundings, CommonOptions options, @Nullable String kernelSet) {
        ModelOptions load = origin(surroundings, options);
        if (weights != null) {
            load = load.withWeights(format(weights));
        }
        if (threads != null) {
            load = load.withThreads(threads);
        }
        if (kernelSet != null || activations != null) {
            load = load.withKernels(KernelSets.of(kernelSet == null ? KernelSets.AUTO : kernelSet, activations()));
        }
        return load;
    }

    private ActivationFormat activations() {
        try {
            return activations == null ? ActivationFormat.AUTO : ActivationFormat.of(activations);
        } catch (ConfabException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }

    /** Where models come from, whatever becomes of them. */
    ModelOptions origin(Surroundings surroundings, CommonOptions options) {
        return ModelOptions.defaults()
                .withHub(HubOptions.fromEnvironment(surroundings.environment()))
                .withRevision(revision)
                .withProgress(ProgressBars.of(surroundings, options));
    }

    private static WeightFormat format(String label) {
        try {
            return WeightFormat.of(label);
        } catch (ConfabException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
