package dev.confab.app;

import dev.confab.engine.error.ConfabException;
import dev.confab.server.store.Database;
import dev.confab.server.store.User.Role;
import dev.confab.server.store.Users;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab user role}: what a user may do. */
@Command(name = "role", description = "Lets a user see the operator's page, or not any more; at once.")
final class UserRoleCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(index = "0", paramLabel = "NAME", description = "the user")
    String name = "";

    @Parameters(index = "1", paramLabel = "ROLE", description = "user or operator")
    String role = "";

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    UserRoleCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Role chosen = Choices.of("ROLE", role, Role.class);
        try (Database opened = database.open(surroundings)) {
            if (!new Users(opened).changeRole(name, chosen)) {
                throw new ConfabException("there is no user '" + name + "'; 'confab user list' shows who is");
            }
        }
        if (!common.quiet) {
            surroundings
                    .err()
                    .println(name + " is now " + (chosen == Role.OPERATOR ? "an " : "a ")
                            + chosen.name().toLowerCase(Locale.ROOT));
        }
        return 0;
    }
}
