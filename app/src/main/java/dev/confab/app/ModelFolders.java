package dev.confab.app;

import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.hub.Progress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of models are, by the environment that the command line was started in. */
final class ModelFolders {
    private final Hub hub;

    ModelFolders(Surroundings surroundings) {
        hub = Hub.of(HubOptions.fromEnvironment(surroundings.environment()));
    }

    Hub hub() {
        return hub;
    }

    /** A folder with at least the settings and the tokenizer of a model, which may be given as a file in it too. */
    Path withTokenizer(String nameOrFolder, String revision, Progress progress) {
        Path place = hub.resolve(nameOrFolder, revision, ModelFiles.TOKENIZER, progress);
        return Files.isDirectory(place) ? place : place.toAbsolutePath().resolveSibling("");
    }
}
