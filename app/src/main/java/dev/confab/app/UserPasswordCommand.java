package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.server.store.Database;
import dev.confab.server.store.Users;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab user password}: another password for a user. */
@Command(name = "password", description = "Gives a user another password, and ends the user's logins.")
final class UserPasswordCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "the user")
    String name = "";

    @Mixin
    NewPassword password;

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    UserPasswordCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String chosen = password.read(surroundings);
        try (Database opened = database.open(surroundings)) {
            if (!new Users(opened).changePassword(name, chosen)) {
                throw new ConfabException("there is no user '" + name + "'; 'confab user list' shows who is");
            }
        }
        if (!common.quiet) {
            surroundings.err().println("changed the password of " + name);
        }
        return 0;
    }
}
