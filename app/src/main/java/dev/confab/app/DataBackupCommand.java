package dev.confab.app;

import dev.confab.server.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code confab data backup}: a copy of the database, also while a server uses it. */
@Command(name = "backup", description = "Copies the database into a new file, also while a server uses it.")
final class DataBackupCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "a new file")
    Path file = Path.of("");

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    DataBackupCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        try (Database opened = database.open(surroundings)) {
            opened.backup(file.toAbsolutePath());
        }
        if (!common.quiet) {
            surroundings.err().println("wrote " + file + ", " + Sizes.bytes(Files.size(file)));
        }
        return 0;
    }
}
