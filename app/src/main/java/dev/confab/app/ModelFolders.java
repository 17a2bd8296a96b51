package dev.confab.app;

import dev.confab.engine.ModelSource;
import dev.confab.engine.hub.Hub;
import dev.confab.engine.hub.HubOptions;
import dev.confab.engine.hub.ModelFiles;
import dev.confab.engine.hub.Progress;

/** Where the files of models are, by the environment that the command line was started in. */
final class ModelFolders {
    private final HubOptions options;

    ModelFolders(Surroundings surroundings) {
        options = HubOptions.fromEnvironment(surroundings.environment());
    }

    Hub hub() {
        return Hub.of(options);
    }

    /** Where at least the settings and the tokenizer of a model are. */
    ModelSource withTokenizer(String nameOrFolder, String revision, Progress progress) {
        return ModelSource.resolve(nameOrFolder, revision, ModelFiles.TOKENIZER, options, progress);
    }
}
