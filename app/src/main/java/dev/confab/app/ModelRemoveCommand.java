package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code confab model remove}: deletes a model from the cache. */
@Command(name = "remove", description = "Deletes a model from the cache, in all its revisions.")
final class ModelRemoveCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    NamedModel named;

    @Mixin
    CommonOptions common;

    ModelRemoveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        String name = named.name();
        if (!new ModelFolders(surroundings).hub().remove(name)) {
            throw new ConfabException("'" + name + "' is not in the cache; 'confab model list' shows what is");
        }
        if (!common.quiet) {
            surroundings.err().println("removed " + name);
        }
        return 0;
    }
}
