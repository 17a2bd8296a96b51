package dev.confab.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.telegram.BotApiServer;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.DatabaseBotStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page and the bot on Telegram from one process, with a server that behaves as the Bot API does. */
final class ServeTelegramTest {
    private static final long ADA = 7;

    @TempDir
    Path folder;

    private final BotApiServer telegram = new BotApiServer();
    private final LogLines log = LogLines.begin();

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        log.close();
        telegram.close();
    }

    @Test
    void thePageAndTheBotShareModelDatabaseAndMetrics() {
        try (RunningCommand serving = serve(telegram.url().toString(), BotApiServer.SECRET)) {
            telegram.says(ADA, "Hello!");
            await().until(() -> telegram.texts(ADA).size() == 1);
            askThePage(serving);

            assertThat(serving.get("/metrics"))
                    .contains("confab_telegram_updates_total 1.0")
                    .contains("confab_telegram_reply_seconds_count 1")
                    .contains("confab_replies_total{source=\"model\"} 2.0")
                    .contains("confab_first_token_seconds_count 2");
            assertThat(serving.stop()).isZero();
        }
        assertThat(log.lines()).contains("INFO @TalkyTestBot is on Telegram: https://t.me/TalkyTestBot");
        try (Database database = Database.open(DatabaseAddress.inFolder(folder.resolve("data/confab")))) {
            assertThat(DatabaseBotStore.open(database, BotApiServer.BOT)
                            .chat(new ChatKey(ADA, 0))
                            .orElseThrow()
                            .transcript())
                    .contains("Hello!");
        }
    }

    @Test
    void aTokenThatTelegramDoesNotKnowStopsNoPage() {
        try (RunningCommand serving = serve(telegram.url().toString(), "123:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw")) {
            await().until(() -> log.lines().stream().anyMatch(line -> line.startsWith("ERROR")));
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("ERROR"))
                    .singleElement()
                    .asString()
                    .contains("not on Telegram", "BotFather")
                    .doesNotContain("AAHdq");
            askThePage(serving);
            assertThat(serving.get("/metrics"))
                    .contains("confab_telegram_failures_total{failure=\"unauthorized\",method=\"getMe\"} 1.0");
            assertThat(serving.stop()).isZero();
        }
    }

    @Test
    void anotherProgramWithTheTokenIsToldInTheLogAndTheBotGoesOn() {
        telegram.conflict(1);
        try (RunningCommand serving = serve(telegram.url().toString(), BotApiServer.SECRET)) {
            askThePage(serving);
            telegram.says(ADA, "Hello!");
            await().until(() -> telegram.texts(ADA).size() == 1);
            assertThat(log.lines())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .singleElement()
                    .asString()
                    .contains("another program asks for the updates of this bot");
        }
    }

    @Test
    void whereTelegramIsNotToBeReachedThePageIsThereAndEndsAtOnce() throws Exception {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        try (RunningCommand serving = serve("http://127.0.0.1:" + nobody, BotApiServer.SECRET)) {
            askThePage(serving);
            assertThat(serving.stop()).isZero();
        }
        assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void withoutATokenNothingIsStarted() {
        Shell.Result result = new Shell()
                .with("XDG_DATA_HOME", folder.toString())
                .run("serve", "--model", Shell.TINY, "--port", "0", "--telegram");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).hasLineCount(1).contains("TELEGRAM_BOT_TOKEN");
    }

    private RunningCommand serve(String apiUrl, String token, String... more) {
        List<String> words = new ArrayList<>(
                List.of("serve", "--model", Shell.TINY, "--port", "0", "--telegram", "--api-url", apiUrl));
        words.addAll(List.of(more));
        return RunningCommand.serve(folder, Map.of("TELEGRAM_BOT_TOKEN", token), words.toArray(String[]::new));
    }

    private static void askThePage(RunningCommand serving) {
        assertThat(serving.askThePage("Hello, how are you?")).contains("event: complete");
    }
}
