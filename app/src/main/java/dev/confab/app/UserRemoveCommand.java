package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.server.store.Database;
import dev.confab.server.store.Users;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab user remove}: someone who may no longer log in. */
@Command(
        name = "remove",
        description = "Removes a user, and ends the user's logins. The conversations stay: see 'confab data delete'.")
final class UserRemoveCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "the user")
    String name = "";

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    UserRemoveCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        try (Database opened = database.open(surroundings)) {
            if (!new Users(opened).remove(name)) {
                throw new ConfabException("there is no user '" + name + "'; 'confab user list' shows who is");
            }
        }
        if (!common.quiet) {
            surroundings.err().println("removed " + name);
        }
        return 0;
    }
}
