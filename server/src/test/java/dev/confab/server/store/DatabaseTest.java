package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DatabaseTest {
    private static final Schema NOTES =
            new Schema("notes", "META-INF/confab/notes", 2, DatabaseTest.class.getClassLoader());

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("data").resolve(DatabaseAddress.FILE_NAME);
    }

    private DatabaseAddress address() {
        return new DatabaseAddress.LocalFile(file());
    }

    private static void assertRefused(DatabaseAddress address, String... words) {
        assertThatThrownBy(() -> Database.open(address).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFileIsMadeWithItsFolderForItsOwnerAlone() throws Exception {
        Database.open(address()).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void nothingLiesBesideTheFileAfterItIsClosed() throws Exception {
        try (Database database = Database.open(address())) {
            new DatabaseConversationStore(database)
                    .save("user:ann", Samples.conversation("c1", "Title", Instant.EPOCH));
        }
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws Exception {
        Path occupied = Files.writeString(folder.resolve("occupied"), "a file");

        assertRefused(
                DatabaseAddress.inFolder(occupied.resolve("below")), occupied.toString(), "cannot be made", "--data");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatMayNotBeWrittenToIsRefused() {
        assertRefused(DatabaseAddress.inFolder(Path.of("/proc")), "/proc/confab.db: cannot be made", "--data");
    }

    @Test
    void aFolderInPlaceOfTheFileIsRefused() {
        assertRefused(new DatabaseAddress.LocalFile(folder), "is a folder");
    }

    @Test
    void aNameThatTheDriverWouldMisreadIsRefused() {
        assertRefused(DatabaseAddress.inFolder(folder.resolve("what?")), "without a question mark");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "This is a text, and long enough to be looked at as a database. ".repeat(20));

        assertRefused(address(), file().toString(), "is not an SQLite database");
    }

    @Test
    void aDatabaseThatAnotherProgramLocksIsRefusedAfterAWhile() throws Exception {
        Database.open(address()).close();
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("pragma locking_mode = exclusive");
            statement.execute("begin exclusive");

            assertRefused(address(), "locked", "end that program");
        }
    }

    @Test
    void aFullDiskIsNamed() {
        try (Database database = Database.open(address())) {
            database.change(handle -> handle.execute("pragma max_page_count = 1"));
            var store = new DatabaseConversationStore(database);

            assertThatThrownBy(() -> store.save("user:ann", Samples.chain("c1", 1000)))
                    .isInstanceOf(StoreException.class)
                    .hasMessage(file() + ": the disk is full; make room on it");
            assertThat(store.load("user:ann", "c1")).isEmpty();
        }
    }

    @Test
    void tablesOfANewerProgramAreRefused() {
        try (Database database = Database.open(address())) {
            database.change(handle -> handle.execute(
                    "update confab_schema_history set version = '7' where version = ?",
                    String.valueOf(Schema.SERVER.version())));
        }

        assertRefused(address(), "newer Confab", "have version 7, this program knows " + Schema.SERVER.version());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void severalProcessesMayMakeTheTablesAtOnce(Dialect dialect) throws Exception {
        DatabaseAddress address =
                dialect == Dialect.SQLITE ? address() : DatabaseAddress.parse(PostgresServer.newDatabase());
        List<Future<Database>> openings = new ArrayList<>();
        // Not virtual ones: two that wait for SQLite's lock would hold both processors from the third, which has it.
        try (var threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                openings.add(threads.submit(() -> Database.open(address)));
            }
        }
        for (Future<Database> opening : openings) {
            try (Database database = opening.get()) {
                assertThat(new Users(database).list()).isEmpty();
            }
        }
    }

    @Test
    void aChannelHasTablesAndVersionsOfItsOwn() {
        try (Database database = Database.open(address())) {
            database.migrate(new Schema(NOTES.name(), NOTES.folder(), 1, NOTES.loader()));
            database.change(handle -> handle.execute("insert into notes (text) values ('kept')"));
        }
        try (Database database = Database.open(address())) {
            database.migrate(NOTES);
            database.migrate(NOTES);

            assertThat(database.<String>read(handle -> handle.createQuery("select text || stars from notes")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("kept5");
        }
    }

    @Test
    void aChannelHasItsTablesOnAServerToo() throws Exception {
        String url = PostgresServer.newDatabase();
        try (Database database = Database.open(DatabaseAddress.parse(url))) {
            database.migrate(NOTES);
            database.change(handle -> handle.execute("insert into notes (text) values ('kept')"));
        }
        try (Database database = Database.open(DatabaseAddress.parse(url))) {
            assertThat(database.<Long>read(handle -> handle.createQuery("select count(*) from notes")
                            .mapTo(Long.class)
                            .one()))
                    .isEqualTo(1);
        }
    }

    @Test
    void aBackupIsMadeWhileTheDatabaseIsUsed() throws Exception {
        Path copy = folder.resolve("copy.db");
        try (Database database = Database.open(address())) {
            var store = new DatabaseConversationStore(database);
            store.save("user:ann", Samples.conversation("c1", "Before", Instant.EPOCH));
            database.backup(copy);
            store.rename("user:ann", "c1", "After");

            assertThatThrownBy(() -> database.backup(copy))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("exists already");
        }
        try (Database database = Database.open(new DatabaseAddress.LocalFile(copy))) {
            assertThat(new DatabaseConversationStore(database)
                            .load("user:ann", "c1")
                            .orElseThrow()
                            .summary()
                            .title())
                    .isEqualTo("Before");
        }
        assertThat(folder.resolve("copy.db.part")).doesNotExist();
    }

    @Test
    void aServerSaysHowItIsBackedUp() throws Exception {
        try (Database database = Database.open(DatabaseAddress.parse(PostgresServer.newDatabase()))) {
            assertThatThrownBy(() -> database.backup(folder.resolve("copy")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("pg_dump", "postgresql://postgres@localhost");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedWithoutThePassword() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        String where = "localhost:" + port + "/confab";
        assertThatThrownBy(() -> Database.open(DatabaseAddress.parse("postgresql://ann:s3cret@" + where))
                        .close())
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("postgresql://ann@" + where, "cannot be reached")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aServerThatRefusesIsQuoted() throws Exception {
        String url = PostgresServer.newDatabase();
        assertRefused(
                DatabaseAddress.parse(url.substring(0, url.lastIndexOf('/')) + "/missing"),
                "no such database",
                "createdb missing");
        PostgresServer.run("create role reader login password 'r'");
        PostgresServer.run("grant connect on database " + url.substring(url.lastIndexOf('/') + 1) + " to reader");
        assertRefused(
                DatabaseAddress.parse(url.replace("postgres:postgres@", "reader:r@")),
                "the user may not do this",
                "create on the schema public");
    }
}
