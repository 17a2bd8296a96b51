package dev.confab.app;

import dev.confab.server.store.ApiKey;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab key create}: a new key, which is shown this once. */
@Command(name = "create", description = "Makes a key and prints it, this once: only a hash of it is kept.")
final class KeyCreateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "what it is for")
    String name = "";

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    KeyCreateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        ApiKey.Made made;
        try (Database opened = database.open(surroundings)) {
            made = new ApiKeys(opened).create(name);
        }
        surroundings.out().printLine(made.secret());
        if (!common.quiet) {
            surroundings
                    .err()
                    .println("keep it now, as it cannot be shown again; it is listed as "
                            + made.key().id());
        }
        return 0;
    }
}
