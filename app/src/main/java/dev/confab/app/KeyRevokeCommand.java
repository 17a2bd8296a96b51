package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab key revoke}: a key that is refused from now on. */
@Command(name = "revoke", description = "Has a key refused from now on.")
final class KeyRevokeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "ID", description = "the key's begin, as 'confab key list' shows it")
    String id = "";

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    KeyRevokeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        try (Database opened = database.open(surroundings)) {
            if (!new ApiKeys(opened).revoke(id)) {
                throw new ConfabException(
                        "there is no key '" + id + "' that is not revoked; 'confab key list' shows all");
            }
        }
        if (!common.quiet) {
            surroundings.err().println("revoked " + id);
        }
        return 0;
    }
}
