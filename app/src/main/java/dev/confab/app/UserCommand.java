package dev.confab.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confab user}: who may log in to the server. */
@Command(
        name = "user",
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks after those who may log in to the server.")
final class UserCommand implements Runnable {
    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    /** The command with all that it can do. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new UserCommand())
                .addSubcommand(new UserAddCommand(surroundings))
                .addSubcommand(new UserListCommand(surroundings))
                .addSubcommand(new UserPasswordCommand(surroundings))
                .addSubcommand(new UserRoleCommand(surroundings))
                .addSubcommand(new UserRemoveCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: add, list, password, role or remove");
    }
}
