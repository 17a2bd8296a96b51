package dev.confab.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code confab model}: the models on this machine. */
@Command(
        name = "model",
        synopsisSubcommandLabel = "COMMAND",
        description = "Fetches models, and looks after those on this machine.")
final class ModelCommand implements Runnable {
    @Mixin
    CommonOptions common;

    @Spec
    CommandSpec spec;

    /** The command with all that it can do. */
    static CommandLine with(Surroundings surroundings) {
        return new CommandLine(new ModelCommand())
                .addSubcommand(new ModelDownloadCommand(surroundings))
                .addSubcommand(new ModelListCommand(surroundings))
                .addSubcommand(new ModelInfoCommand(surroundings))
                .addSubcommand(new ModelConvertCommand(surroundings))
                .addSubcommand(new ModelRemoveCommand(surroundings));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: download, list, info, convert or remove");
    }
}
