package dev.confab.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confab data}: what the server keeps of its users. */
@Command(
        name = "data",
        synopsisSubcommandLabel = "COMMAND",
        description = "Exports, deletes and backs up what the server keeps of its users.")
final class DataCommand implements Runnable {
    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    /** The command with all that it can do. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new DataCommand())
                .addSubcommand(new DataExportCommand(surroundings))
                .addSubcommand(new DataDeleteCommand(surroundings))
                .addSubcommand(new DataBackupCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: export, delete or backup");
    }
}
