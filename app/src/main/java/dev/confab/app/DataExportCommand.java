package dev.confab.app;

import dev.confab.server.store.Database;
import dev.confab.server.store.UserData;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab data export}: a user's conversations as a JSON document. */
@Command(name = "export", description = "Writes a user's conversations as one JSON document.")
final class DataExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    DataOwner whose;

    @Option(names = "--output", paramLabel = "FILE", description = "a new file (default: standard output)")
    @Nullable
    Path output;

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    DataExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String owner = whose.owner();
        int conversations;
        try (Database opened = database.open(surroundings);
                OutputStream stream = stream()) {
            conversations = new UserData(opened).export(owner, stream);
        }
        if (!common.quiet) {
            surroundings
                    .err()
                    .println("exported " + conversations + (conversations == 1 ? " conversation" : " conversations"));
        }
        return 0;
    }

    private OutputStream stream() throws IOException {
        return output == null
                ? surroundings.out().unclosed()
                : new BufferedOutputStream(Files.newOutputStream(output, StandardOpenOption.CREATE_NEW));
    }
}
