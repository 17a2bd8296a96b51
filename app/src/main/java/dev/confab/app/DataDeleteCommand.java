package dev.confab.app;

import dev.confab.server.store.Database;
import dev.confab.server.store.UserData;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab data delete}: a user's conversations, for good. */
@Command(name = "delete", description = "Deletes all conversations of a user for good.")
final class DataDeleteCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    DataOwner whose;

    @Option(names = "--yes", description = "really: nothing brings them back")
    boolean yes;

    @Mixin
    DatabaseOptions database;

    @Mixin
    CommonOptions common;

    DataDeleteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        String owner = whose.owner();
        if (!yes) {
            throw new UsageException("this deletes all conversations of " + owner
                    + " for good; say --yes if you mean it, perhaps after 'confab data export'");
        }
        int conversations;
        try (Database opened = database.open(surroundings)) {
            conversations = new UserData(opened).delete(owner);
        }
        if (!common.quiet) {
            surroundings
                    .err()
                    .println("deleted " + conversations + (conversations == 1 ? " conversation" : " conversations"));
        }
        return 0;
    }
}
