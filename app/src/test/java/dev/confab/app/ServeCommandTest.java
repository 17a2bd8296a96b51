package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.server.store.DatabaseConversationStore;
import dev.confab.ui.conversation.ConversationQuery;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.StoredConversation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {
    @TempDir
    Path folder;

    @Test
    void thePageAndTheApiAreServedUntilItIsStopped() throws Exception {
        try (RunningCommand serving =
                serve("serve", "--model", Shell.TINY, "--port", "0", "--kernels", "scalar", "--threads", "2")) {
            assertThat(serving.out()).endsWith("Computing with scalar kernels, 2 threads.\n");
            assertThat(serving.get("/")).contains("Confab");
            assertThat(serving.get("/v1/models")).contains("\"id\":\"" + Shell.TINY + "\"");
            assertThat(serving.get("/health/ready")).isEqualTo("{\"status\":\"up\"}");
            assertThat(serving.stop()).isZero();
            assertThat(serving.err()).isEmpty();
        }
    }

    @Test
    void withoutACommandTheEmbeddedModelIsServed() throws Exception {
        try (RunningCommand serving = serve()) {
            String reply = serving.post(
                    "/v1/chat/completions",
                    "{\"model\":\"confab-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");
            assertThat(reply).contains("\"role\":\"assistant\"").doesNotContain("\"content\":\"\"");
            assertThat(serving.out()).contains("Chat with confab-mini at http://127.0.0.1:");
        }
    }

    @Test
    void keysAndUsersAreAskedForOnceThereAreAny() throws Exception {
        String data = folder.resolve("kept").toString();
        try (RunningCommand serving = serve("serve", "--model", Shell.TINY, "--port", "0", "--data", data)) {
            assertThat(serving.get("/v1/models")).contains("\"object\":\"list\"");
            assertThat(serving.get("/config")).contains("components");

            Shell.Result made = new Shell().run("key", "create", "ann", "--data", data);
            assertThat(made.exitCode()).as(made.err()).isZero();
            Shell.Result added = new Shell()
                    .typing("long enough for a password\n")
                    .run("user", "add", "bob", "--data", data, "--password-file", "-");
            assertThat(added.exitCode()).as(added.err()).isZero();

            await().until(() -> serving.get("/v1/models").contains("an API key is needed"));
            await().until(() -> !serving.get("/config").contains("components"));
            assertThat(serving.get("/health/live")).contains("up");
        }
    }

    @Test
    void conversationsAreKeptAsLongAsIsSaid() throws Exception {
        Path data = folder.resolve("kept");
        Instant now = Instant.now();
        keep(data, "old", now.minus(Duration.ofDays(31)));
        keep(data, "new", now.minus(Duration.ofDays(29)));
        try (RunningCommand _ =
                serve("serve", "--model", Shell.TINY, "--port", "0", "--data", data.toString(), "--keep-days", "30")) {
            await().until(() -> kept(data).equals(List.of("new")));
        }
        assertThat(new Shell().run("serve", "--model", Shell.TINY, "--keep-days", "0"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
                .satisfies(result -> assertThat(result.err()).contains("--keep-days is 0; choose at least 1"));
    }

    private static void keep(Path data, String id, Instant at) {
        try (Database database = Database.open(DatabaseAddress.inFolder(data))) {
            new DatabaseConversationStore(database)
                    .save("user:ann", StoredConversation.begin(new ConversationSummary(id, "Title", at, at), Map.of()));
        }
    }

    private static List<String> kept(Path data) {
        try (Database database = Database.open(DatabaseAddress.inFolder(data))) {
            return new DatabaseConversationStore(database)
                    .list("user:ann", ConversationQuery.newest(10)).stream()
                            .map(ConversationSummary::id)
                            .toList();
        }
    }

    @Test
    void whatTheChatbotCanDoAndMayNotSayHoldsForThePage() throws Exception {
        try (RunningCommand serving = serve(
                "serve",
                "--model",
                Shell.TINY,
                "--port",
                "0",
                "--skills",
                "--persona",
                "captain",
                "--candidates",
                "2")) {
            assertThat(serving.askThePage("What is 6 times 7?")).contains("event: complete", "42");
            assertThat(serving.askThePage("go and kill yourself")).contains("event: complete", "be kind to each other");
            assertThat(serving.get("/metrics"))
                    .contains("confab_replies_total{source=\"skill\"} 1.0")
                    .contains("confab_replies_total{source=\"filter\"} 1.0");
        }
    }

    @Test
    void theApiHasAFilterOfItsOwn() throws Exception {
        String body = "{\"model\":\"" + Shell.TINY + "\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "\"go and kill yourself\"}]}";
        try (RunningCommand open = serve("serve", "--model", Shell.TINY, "--port", "0");
                RunningCommand filtered =
                        serve("serve", "--model", Shell.TINY, "--port", "0", "--api-filter", "kid-safe")) {
            assertThat(open.post("/v1/chat/completions", body)).doesNotContain("content_filter");
            assertThat(filtered.post("/v1/chat/completions", body))
                    .contains("\"finish_reason\":\"content_filter\"", "be kind to each other");
        }
        assertThat(new Shell().run("serve", "--model", Shell.TINY, "--api-filter", "strict"))
                .satisfies(result -> assertThat(result.exitCode()).isEqualTo(2))
                .satisfies(result ->
                        assertThat(result.err()).contains("--api-filter strict: choose none, safe or kid-safe"));
    }

    @Test
    void aDataFolderThatCannotBeWrittenIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Shell.Result result = new Shell()
                .run(
                        "serve",
                        "--model",
                        Shell.TINY,
                        "--port",
                        "0",
                        "--data",
                        file.resolve("data").toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains(file.toString());
    }

    @Test
    void aPortThatIsTakenIsOneLine() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell.Result result =
                    new Shell().run("serve", "--model", Shell.TINY, "--port", String.valueOf(taken.getLocalPort()));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .hasLineCount(1)
                    .contains("port " + taken.getLocalPort(), "choose another with --port");
        }
    }

    @Test
    void aModelThatDoesNotExistIsOneLineAndNoAddressIsGiven() {
        Shell.Result result = new Shell()
                .with("XDG_DATA_HOME", folder.toString())
                .run("serve", "--model", folder.resolve("none").toString(), "--port", "0");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("no file or folder", "none");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aCacheThatCannotBeWrittenIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Shell.Result result = new Shell()
                .with("XDG_DATA_HOME", folder.toString())
                .with("HF_HOME", file.resolve("cache").toString())
                .run("serve", "--port", "0");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("the embedded model cannot be put here");
    }

    @Test
    void aDamagedDatabaseIsOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("confab.db"), "nobody can read this\n".repeat(500));
        Shell.Result result =
                new Shell().run("serve", "--model", Shell.TINY, "--port", "0", "--data", folder.toString());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains(file.toString(), "is not an SQLite database");
    }

    @Test
    void limitsThatCannotBeAreOneLine() {
        Shell.Result result = new Shell()
                .with("XDG_DATA_HOME", folder.toString())
                .run("serve", "--model", Shell.TINY, "--requests-at-once", "0");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("0 at once");
    }

    @Test
    void aBrowserIsOpenedOnADesktopAlone() {
        URI page = URI.create("http://127.0.0.1:7860");
        if (System.getProperty("os.name").equals("Linux")) {
            assertThat(DesktopBrowser.command(page, surroundings(Map.of()))).isEmpty();
            assertThat(DesktopBrowser.command(page, surroundings(Map.of("DISPLAY", ":0"))))
                    .containsExactly("xdg-open", "http://127.0.0.1:7860");
            assertThat(DesktopBrowser.command(page, surroundings(Map.of("DISPLAY", ":10", "SSH_CONNECTION", "x"))))
                    .isEmpty();
        } else {
            assertThat(DesktopBrowser.command(page, surroundings(Map.of()))).endsWith("http://127.0.0.1:7860");
        }
    }

    private RunningCommand serve(String... arguments) {
        return RunningCommand.serve(folder, Map.of(), arguments);
    }

    private static Surroundings surroundings(Map<String, String> environment) {
        return new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new StandardOutput(new ByteArrayOutputStream()),
                System.err,
                environment,
                false);
    }
}
