package dev.confab.server.store;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Brings a database's tables to the version that the program knows. */
final class Migrations {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final DataSource dataSource;
    private final Dialect dialect;
    private final String where;

    /**
     * Of one database.
     *
     * @param where its address, for messages
     */
    Migrations(DataSource dataSource, Dialect dialect, String where) {
        this.dataSource = dataSource;
        this.dialect = dialect;
        this.where = where;
    }

    /** Does what is to be done, with Flyway; it is not started where nothing is, as that takes a good part of a second. */
    void migrate(Schema schema) throws SQLException {
        int found = version(schema);
        if (found == schema.version()) {
            return;
        }
        refuseNewer(schema, found);
        long end = System.nanoTime() + Database.PATIENCE.toNanos();
        boolean done = false;
        while (!done) {
            try {
                flyway(schema).migrate();
                done = true;
            } catch (FlywayException e) {
                // Another process may be doing the same at the same time, and Flyway trips over what it has begun.
                done = version(schema) == schema.version();
                if (!done && (System.nanoTime() - end > 0 || !pause())) {
                    throw e;
                }
            }
        }
    }

    /** Waits for others; false if the thread was interrupted. */
    private static boolean pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    private void refuseNewer(Schema schema, int found) {
        if (found > schema.version()) {
            throw new StoreException(where + " was written by a newer Confab: its tables '" + schema.name()
                    + "' have version " + found + ", this program knows " + schema.version()
                    + "; use the newer program, or a copy of the database from before it");
        }
    }

    /** The version that a database has, 0 for none. */
    private int version(Schema schema) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            DatabaseMetaData about = connection.getMetaData();
            try (ResultSet tables = about.getTables(null, connection.getSchema(), schema.history(), null)) {
                if (!tables.next()) {
                    return 0;
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select coalesce(max(cast(version as integer)), 0) from "
                            + schema.history() + " where success")) {
                return row.next() ? row.getInt(1) : 0;
            }
        }
    }

    private Flyway flyway(Schema schema) {
        return Flyway.configure(schema.loader())
                .dataSource(dataSource)
                .locations(new String[0])
                .javaMigrations(IntStream.rangeClosed(1, schema.version())
                        .mapToObj(number -> new Step(number, schema.script(dialect, number)))
                        .toArray(JavaMigration[]::new))
                .table(schema.history())
                // Other tables may be there already: those of another schema, or of another program on the server.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    /** One script, all or nothing of it. */
    private record Step(int number, String script) implements JavaMigration {
        @Override
        public MigrationVersion getVersion() {
            return MigrationVersion.fromVersion(Integer.toString(number));
        }

        @Override
        public String getDescription() {
            return "version " + number;
        }

        @Override
        public Integer getChecksum() {
            var sum = new CRC32();
            sum.update(script.getBytes(StandardCharsets.UTF_8));
            return (int) sum.getValue();
        }

        @Override
        public boolean canExecuteInTransaction() {
            return true;
        }

        @Override
        public void migrate(Context context) {
            // Flyway closes the connection.
            Handle handle = Jdbi.open(context.getConnection());
            handle.createScript(script).execute();
        }
    }
}
