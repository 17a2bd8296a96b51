package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.server.store.DatabaseConversationStore;
import dev.confab.server.store.User;
import dev.confab.server.store.Users;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code confab user}, {@code key} and {@code data}. */
final class DatabaseCommandTest {
    @TempDir
    Path folder;

    private Shell shell() {
        return new Shell().with("CONFAB_DATA", folder.toString());
    }

    private Database database() {
        return Database.open(DatabaseAddress.inFolder(folder));
    }

    private void keepAConversation(String owner) {
        try (Database database = database()) {
            var summary = new ConversationSummary("c1", "Parrots", Instant.EPOCH, Instant.EPOCH);
            var question = StoredMessage.ofUser("m1", "", "Do parrots sleep?", Instant.EPOCH);
            new DatabaseConversationStore(database)
                    .save(owner, new StoredConversation(summary, Map.of(), Map.of(), List.of(question)));
        }
    }

    @Test
    void usersAreAddedListedChangedAndRemoved() throws Exception {
        assertThat(shell().run("user", "list").err()).startsWith("no users yet");
        Shell.Result added = shell().typing("correct horse\n").run("user", "add", "ann", "--password-file", "-");
        assertThat(added).isEqualTo(new Shell.Result(0, "", "added ann\n"));
        Path file = Files.writeString(folder.resolve("password"), "battery staple\nsecond line");
        shell().run("user", "add", "bob", "--operator", "--password-file", file.toString());

        assertThat(shell().run("user", "list").out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("ann ").contains(" user "),
                        line -> assertThat(line).startsWith("bob ").contains(" operator "));
        JsonNode list = shell().run("user", "list", "--json").documents().getFirst();
        assertThat(list.at("/1/role").stringValue()).isEqualTo("operator");
        assertThat(shell().typing("another secret\n")
                        .run("user", "password", "ann", "--password-file", "-")
                        .exitCode())
                .isZero();
        try (Database database = database()) {
            var users = new Users(database);
            assertThat(users.verify("ann", "another secret")).isPresent();
            assertThat(users.verify("bob", "battery staple")).isPresent();
        }
        assertThat(shell().run("user", "role", "ann", "operator").err()).isEqualTo("ann is now an operator\n");
        assertThat(shell().run("user", "list").out().lines()).allMatch(line -> line.contains(" operator "));
        assertThat(shell().run("user", "role", "ann", "king").err())
                .hasLineCount(1)
                .contains("expected one of user, operator");
        assertThat(shell().run("user", "role", "cyd", "user").exitCode()).isEqualTo(1);
        assertThat(shell().run("user", "remove", "ann").err()).isEqualTo("removed ann\n");
        Shell.Result again = shell().run("user", "remove", "ann");
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("confab: there is no user 'ann'; 'confab user list' shows who is\n");
    }

    @Test
    void aPasswordIsNeverAnArgument() {
        Shell.Result result = shell().run("user", "add", "ann");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).contains("no terminal", "--password-file");
        assertThat(shell().typing("\n")
                        .run("user", "add", "ann", "--password-file", "-")
                        .err())
                .hasLineCount(1)
                .contains("standard input: the first line is empty");
    }

    @Test
    void aKeyIsPrintedOnceAndRevoked() {
        Shell.Result made = shell().run("key", "create", "the wiki");
        String secret = made.out().strip();
        assertThat(secret).startsWith("confab-").hasSize(50);
        assertThat(made.err()).hasLineCount(1).contains("cannot be shown again");

        String id = shell().run("key", "list", "--json")
                .documents()
                .getFirst()
                .at("/0/id")
                .stringValue();
        assertThat(secret).startsWith(id);
        assertThat(shell().run("key", "list").out())
                .contains(id, "the wiki", "never used")
                .doesNotContain(secret);
        assertThat(shell().run("key", "revoke", id).exitCode()).isZero();
        assertThat(shell().run("key", "list").out()).contains("revoked ");
        assertThat(shell().run("key", "revoke", id).exitCode()).isEqualTo(1);
    }

    @Test
    void aUsersDataIsExportedAndDeleted() throws Exception {
        keepAConversation(User.ownerOf("ann"));
        keepAConversation("browser:1");

        Shell.Result export = shell().run("data", "export", "ann");
        assertThat(export.err()).isEqualTo("exported 1 conversation\n");
        assertThat(JsonMapper.shared()
                        .readTree(export.out())
                        .at("/conversations/0/messages/0/text")
                        .stringValue())
                .isEqualTo("Do parrots sleep?");
        Path file = folder.resolve("ann.json");
        assertThat(shell().run("data", "export", "ann", "--output", file.toString())
                        .out())
                .isEmpty();
        assertThat(file).content().contains("Do parrots sleep?");
        assertThat(shell().run("data", "export", "ann", "--output", file.toString())
                        .err())
                .as("an export replaces no file")
                .hasLineCount(1)
                .contains(file.toString());

        Shell.Result careful = shell().run("data", "delete", "ann");
        assertThat(careful.exitCode()).isEqualTo(2);
        assertThat(careful.err()).contains("--yes");
        assertThat(shell().run("data", "delete", "ann", "--yes").err()).isEqualTo("deleted 1 conversation\n");
        assertThat(shell().run("data", "export", "ann").err()).isEqualTo("exported 0 conversations\n");
        assertThat(shell().run("data", "export", "--owner", "browser:1").err()).isEqualTo("exported 1 conversation\n");
        assertThat(shell().run("data", "export").exitCode()).isEqualTo(2);
    }

    @Test
    void aBackupIsADatabase() {
        keepAConversation(User.ownerOf("ann"));
        Path copy = folder.resolve("copy.db");

        assertThat(shell().run("data", "backup", copy.toString()).err()).startsWith("wrote " + copy);
        assertThat(new Shell()
                        .run("data", "export", "ann", "--database", "sqlite:" + copy)
                        .err())
                .isEqualTo("exported 1 conversation\n");
    }

    @Test
    void aDatabaseThatIsNotThereIsOneLine() {
        Shell.Result result = new Shell()
                .with("CONFAB_DATABASE", "postgresql://ann:s3cret@localhost:1/confab")
                .run("user", "list");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .hasLineCount(1)
                .startsWith("confab: postgresql://ann@localhost:1/confab: the server cannot be reached")
                .doesNotContain("s3cret");
    }
}
