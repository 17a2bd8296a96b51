package dev.confab.app;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which database the server's commands work with. */
final class DatabaseOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "folder of the database (default: the platform's data folder)")
    @Nullable
    Path data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "postgresql://user:password@host/name for several machines; sqlite:FILE for a file elsewhere."
                            + " Better than here, a password is in CONFAB_DATABASE, in the file of --config, or in a file of its own")
    @Nullable
    String database;

    @Option(
            names = "--database-password-file",
            paramLabel = "FILE",
            description = "file whose first line is the password for --database")
    @Nullable
    Path databasePasswordFile;

    /** Opens it; close it. */
    Database open(Surroundings surroundings) throws IOException {
        return Database.open(address(surroundings));
    }

    /** Where it is. */
    DatabaseAddress address(Surroundings surroundings) throws IOException {
        if (database == null) {
            return DatabaseAddress.inFolder(Objects.requireNonNullElseGet(data, surroundings::dataFolder));
        }
        DatabaseAddress address = DatabaseAddress.parse(database);
        return databasePasswordFile == null
                ? address
                : address.withPassword(SecretFile.firstLine("--database-password-file", databasePasswordFile));
    }
}
