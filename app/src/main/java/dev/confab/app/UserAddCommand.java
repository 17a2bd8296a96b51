package dev.confab.app;

import dev.confab.server.store.Database;
import dev.confab.server.store.User.Role;
import dev.confab.server.store.Users;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code confab user add}: someone new who may log in. */
@Command(name = "add", description = "Adds a user, and asks for the password.")
final class UserAddCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "NAME", description = "small letters, digits, and . _ @ -")
    String name = "";

    @Option(names = "--operator", description = "the user may see the operator's page")
    boolean operator;

    @Mixin
    NewPassword password;

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    UserAddCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String chosen = password.read(surroundings);
        try (Database opened = database.open(surroundings)) {
            new Users(opened).add(name, chosen, operator ? Role.OPERATOR : Role.USER);
        }
        if (!common.quiet) {
            surroundings.err().println("added " + name);
        }
        return 0;
    }
}
