package dev.confab.server.store;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database of a server: an SQLite file for one machine, or PostgreSQL for several. All work is done in
 * {@link #read reading} and {@link #write writing} transactions, which happen wholly or not at all; what was written is
 * kept when the method returns, whatever becomes of the process or the power.
 *
 * <p>May be used by several threads at the same time; several processes may open the same database, an SQLite file too.
 */
public final class Database implements AutoCloseable {
    /** How long is waited for a connection, and for a lock of another program. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Readers of an SQLite file do not wait for each other, but more of them than cores would not be quicker. */
    private static final int READERS = 4;
    /** Enough for hundreds of chats, as a turn is a few short transactions; a server's usual limit is 100 in all. */
    private static final int CONNECTIONS = 10;

    private final DatabaseAddress address;
    private final Dialect dialect;
    private final DatabaseFaults faults;
    /** Connections one by one, for what is asked before a server shows its page: a pool takes a while to load. */
    private final DataSource direct;

    private final HikariDataSource writing;
    private final HikariDataSource reading;
    private final Supplier<Jdbi> writer;
    private final Supplier<Jdbi> reader;

    /** Pools that have no connection yet make some when they are asked for one. */
    private Database(
            DatabaseAddress address,
            Dialect dialect,
            DataSource direct,
            HikariDataSource writing,
            HikariDataSource reading) {
        this.address = address;
        this.dialect = dialect;
        this.faults = new DatabaseFaults(address);
        this.direct = direct;
        this.writing = writing;
        this.reading = reading;
        this.writer = onFirstUse(writing);
        this.reader = onFirstUse(reading);
    }

    /** Jdbi, made when it is needed; should two threads make one each, either will do. */
    private static Supplier<Jdbi> onFirstUse(HikariDataSource pool) {
        var made = new AtomicReference<@Nullable Jdbi>();
        return () -> made.updateAndGet(known -> known == null ? Jdbi.create(pool) : known);
    }

    /**
     * Opens a database, and makes its tables or brings them to this program's version.
     *
     * @throws StoreException if it cannot be opened or written to, or a newer program has made its tables
     */
    public static Database open(DatabaseAddress address) {
        Database database = switch (address) {
            case DatabaseAddress.LocalFile file -> openFile(file);
            case DatabaseAddress.Server server -> openServer(server);
        };
        try {
            database.migrate(Schema.SERVER);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Loads what the first {@link #open} of a process takes most of its time for, so that a thread can do it while another
     * finds out which database to open.
     */
    public static void prepare() {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite::memory:");
        try (Connection _ = source.getConnection()) {
            // Making a connection has loaded it all.
        } catch (SQLException | RuntimeException e) {
            // Opening a database will fail, too, and says better what is wrong with which.
            System.getLogger(Database.class.getName()).log(System.Logger.Level.DEBUG, "nothing was prepared", e);
        }
    }

    private static Database openFile(DatabaseAddress.LocalFile file) {
        LocalFiles.prepare(file.path());
        DataSource writing = source(file, SQLiteConfig.TransactionMode.IMMEDIATE);
        DataSource reading = source(file, SQLiteConfig.TransactionMode.DEFERRED);
        return new Database(
                file, Dialect.SQLITE, writing, filePool("writer", writing, 1), filePool("reader", reading, READERS));
    }

    private static DataSource source(DatabaseAddress.LocalFile file, SQLiteConfig.TransactionMode mode) {
        var sqlite = new SQLiteConfig();
        sqlite.setJournalMode(SQLiteConfig.JournalMode.WAL); // readers and the writer do not wait for each other
        // With WAL, NORMAL would outlive a kill -9 too, as the system has the pages, but lose the last turns when the
        // power fails. FULL syncs the disk once per transaction, of which a turn has two.
        sqlite.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        sqlite.setBusyTimeout((int) PATIENCE.toMillis());
        sqlite.enforceForeignKeys(true);
        sqlite.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // what a user deletes is gone from the file
        // A transaction that reads first and writes then would fail instead of waiting if another writes in between.
        sqlite.setTransactionMode(mode);
        // By a URL, all drivers would be looked for and loaded, which takes a while.
        var source = new SQLiteDataSource(sqlite);
        source.setUrl("jdbc:sqlite:" + file.path());
        return source;
    }

    private static HikariDataSource filePool(String name, DataSource source, int size) {
        HikariDataSource pool = pool("confab-" + name, size);
        pool.setDataSource(source);
        pool.setMaxLifetime(0);
        return pool;
    }

    private static Database openServer(DatabaseAddress.Server server) {
        var settings = new Properties();
        settings.setProperty("ApplicationName", "confab");
        settings.setProperty("connectTimeout", String.valueOf(PATIENCE.toSeconds()));
        settings.setProperty("tcpKeepAlive", "true");
        if (server.user() != null) {
            settings.setProperty("user", server.user());
        }
        if (server.password() != null) {
            settings.setProperty("password", server.password());
        }
        // Once without the pool, which would log an error with its whole story besides throwing it.
        try (Connection _ = DriverManager.getConnection(server.jdbcUrl(), settings)) {
            HikariDataSource pool = pool("confab", CONNECTIONS);
            pool.setJdbcUrl(server.jdbcUrl());
            pool.setDataSourceProperties(settings);
            return new Database(server, Dialect.POSTGRESQL, pool, pool, pool);
        } catch (SQLException e) {
            throw new DatabaseFaults(server).describe(e);
        }
    }

    private static HikariDataSource pool(String name, int size) {
        var pool = new HikariDataSource();
        pool.setPoolName(name);
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        return pool;
    }

    /** Where it is. */
    public DatabaseAddress address() {
        return address;
    }

    /** What it says in words of its own. */
    Dialect dialect() {
        return dialect;
    }

    /**
     * Makes the tables of another part of the program, or brings them to its version.
     *
     * @throws StoreException if that fails, or a newer program has made them
     */
    public void migrate(Schema schema) {
        try {
            new Migrations(direct, dialect, address.toString()).migrate(schema);
        } catch (SQLException e) {
            throw faults.describe(e);
        } catch (RuntimeException e) {
            throw faults.describe(e);
        }
    }

    /**
     * Whether a table has a row. A server asks this before it shows its page, and so without Jdbi, and without the pool as
     * long as there is none: they take longer to load than all else of the database.
     *
     * @throws StoreException if the database fails
     */
    boolean hasRows(String table) {
        try (Connection connection = (reading.isRunning() ? reading : direct).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select exists (select 1 from " + table + ")")) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw faults.describe(e);
        }
    }

    /**
     * Makes connections that stay, and loads what the first {@link #read} or {@link #write} takes most of its time for.
     *
     * @throws StoreException if the database fails
     */
    public void warmUp() {
        read(handle -> handle.createQuery("select 1").mapTo(Integer.class).one());
    }

    /**
     * Reads in one transaction, which sees the database as it was at its begin.
     *
     * @param work must not write; its handle ends with it
     * @return what the work returns
     * @throws StoreException if the database fails
     */
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        try {
            return switch (dialect) {
                case SQLITE -> reader.get().inTransaction(work::apply);
                case POSTGRESQL -> reader.get().inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply);
            };
        } catch (RuntimeException e) {
            throw faults.describe(e);
        }
    }

    /**
     * Writes in one transaction, which is undone if the work throws. With SQLite one is done at a time; with PostgreSQL
     * the work locks the rows that it depends on.
     *
     * @param work its handle ends with it
     * @return what the work returns
     * @throws StoreException if the database fails
     */
    public <T extends @Nullable Object> T write(Function<Handle, T> work) {
        try {
            return writer.get().inTransaction(work::apply);
        } catch (RuntimeException e) {
            throw faults.describe(e);
        }
    }

    /** Writes without a result. */
    void change(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return true;
        });
    }

    /**
     * Copies an SQLite database into a file, while it is used.
     *
     * @param file must not exist
     * @throws StoreException if it exists or cannot be written, or the database is on a server, which has tools of its own
     */
    public void backup(Path file) {
        if (address instanceof DatabaseAddress.Server server) {
            throw new StoreException(
                    "the database is on a server; back it up with: pg_dump --format=custom --file=" + file + " "
                            + new DatabaseAddress.Server(server.location(), server.settings(), server.user(), null));
        }
        if (Files.exists(file)) {
            throw new StoreException(file + ": exists already; choose another name, as a backup replaces none");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            LocalFiles.createPrivately(part);
            // Outside of a transaction, as the command has its own.
            reader.get().useHandle(handle -> handle.execute("vacuum into ?", part.toString()));
            move(part, file);
        } catch (IOException e) {
            throw new StoreException(file + ": cannot be written: " + LocalFiles.reason(e), e);
        } catch (RuntimeException e) {
            throw faults.describe(e);
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
            Files.move(part, file);
        }
    }

    /** Moves what SQLite still keeps beside its file into it, so that nothing deleted is left there. */
    void purge() {
        if (dialect == Dialect.SQLITE) {
            try {
                writer.get().useHandle(handle -> handle.execute("pragma wal_checkpoint(truncate)"));
            } catch (RuntimeException e) {
                throw faults.describe(e);
            }
        }
    }

    /** Ends all connections. */
    @Override
    public void close() {
        reading.close();
        writing.close(); // the last connection to an SQLite file tidies up, and may write
    }
}
