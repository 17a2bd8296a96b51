package dev.confab.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab model download}: fetches a model into the cache. */
@Command(name = "download", description = "Fetches a model from the Hugging Face hub, or what is missing of it.")
final class ModelDownloadCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    NamedModel named;

    @Option(names = "--json", description = "{\"folder\": \"..\"} instead of the plain folder")
    boolean json;

    @Mixin
    CommonOptions common;

    ModelDownloadCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Path folder = new ModelFolders(surroundings)
                .hub()
                .resolve(named.name(), named.revision, ProgressBars.of(surroundings, common));
        if (json) {
            surroundings.out().printLine(Json.object().put("folder", folder.toString()));
        } else {
            surroundings.out().printLine(folder.toString());
        }
        return 0;
    }
}
