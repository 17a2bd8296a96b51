package dev.confab.server.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that hold for both databases: each opens one by its kind, and all are closed afterwards. */
abstract class Databases {
    @TempDir
    Path folder;

    private final List<Database> opened = new ArrayList<>();

    /** A new database of a kind. */
    final Database open(Dialect dialect) throws Exception {
        Database database = Database.open(
                switch (dialect) {
                    case SQLITE -> DatabaseAddress.inFolder(folder);
                    case POSTGRESQL -> DatabaseAddress.parse(PostgresServer.newDatabase());
                });
        opened.add(database);
        return database;
    }

    @AfterEach
    final void closeAll() {
        opened.forEach(Database::close);
    }
}
