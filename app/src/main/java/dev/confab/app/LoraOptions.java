package dev.confab.app;

import dev.confab.engine.model.LoraConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The adapters that {@code confab train} trains instead of the whole model. */
final class LoraOptions {
    @Option(
            names = "--lora-rank",
            paramLabel = "N",
            description = "train adapters of this rank (LoRA) instead of the whole model; 8 is usual. The output is an"
                    + " adapter of a few megabytes, which --model takes like a model")
    @Nullable
    Integer rank;

    @Option(
            names = "--lora-alpha",
            paramLabel = "X",
            description =
                    "what the adapters' product is multiplied with, divided by the rank (default: twice the rank)")
    @Nullable
    Double alpha;

    @Option(
            names = "--lora-targets",
            paramLabel = "NAME",
            split = ",",
            defaultValue = "c_attn",
            description = "the adapted matrices: c_attn, c_proj, c_fc (default: ${DEFAULT-VALUE})")
    List<String> targets = List.of();

    Optional<LoraConfig> config(@Nullable String base) {
        if (rank == null) {
            if (alpha != null) {
                throw new UsageException("--lora-alpha needs --lora-rank");
            }
            return Optional.empty();
        }
        if (base == null) {
            throw new UsageException("--lora-rank needs --model, the model that is adapted");
        }
        // An adapter outlives the folder that it was made from: a relative path would lead nowhere.
        String location = Files.isDirectory(Path.of(base))
                ? Path.of(base).toAbsolutePath().normalize().toString()
                : base;
        return Optional.of(new LoraConfig(location, rank, alpha == null ? 2.0 * rank : alpha, false, targets));
    }
}
