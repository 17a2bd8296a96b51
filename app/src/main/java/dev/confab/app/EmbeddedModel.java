package dev.confab.app;

import dev.confab.engine.hub.HubOptions;
import dev.confab.models.mini.ConfabMini;

/** The model that comes with Confab, by its name. */
final class EmbeddedModel {
    /** Beside the hub's cache, where the other models are. */
    private static final String FOLDER = "confab-models";

    private EmbeddedModel() {}

    /** A name or folder as the engine finds it: the embedded model is unpacked, all others stay what they are. */
    static String locate(String nameOrFolder, Surroundings surroundings) {
        return nameOrFolder.equals(ConfabMini.NAME)
                ? ConfabMini.unpack(HubOptions.fromEnvironment(surroundings.environment())
                                .cacheFolder()
                                .resolveSibling(FOLDER))
                        .toString()
                : nameOrFolder;
    }
}
