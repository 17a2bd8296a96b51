package dev.confab.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confab key}: the keys with which programs call the server. */
@Command(
        name = "key",
        synopsisSubcommandLabel = "COMMAND",
        description = "Looks after the keys with which programs call the server.")
final class KeyCommand implements Runnable {
    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    /** The command with all that it can do. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new KeyCommand())
                .addSubcommand(new KeyCreateCommand(surroundings))
                .addSubcommand(new KeyListCommand(surroundings))
                .addSubcommand(new KeyRevokeCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: create, list or revoke");
    }
}
