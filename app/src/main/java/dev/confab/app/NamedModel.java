package dev.confab.app;

import dev.confab.engine.hub.Hub;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A model that a command is about, named as a parameter or by {@code --model}. */
final class NamedModel {
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME_OR_FOLDER",
            description = "a name on the Hugging Face hub, such as microsoft/DialoGPT-medium, or a folder")
    @Nullable
    String parameter;

    @Option(names = "--model", paramLabel = "NAME_OR_FOLDER", description = "the same as an option")
    @Nullable
    String option;

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            defaultValue = Hub.DEFAULT_REVISION,
            description = "branch, tag or commit of a model on the hub (default: ${DEFAULT-VALUE})")
    String revision = Hub.DEFAULT_REVISION;

    /** The name or folder. */
    String name() {
        String name = parameter == null ? option : parameter;
        if (name == null || name.isBlank()) {
            throw new UsageException("no model given; name one, such as microsoft/DialoGPT-small");
        }
        return name;
    }
}
