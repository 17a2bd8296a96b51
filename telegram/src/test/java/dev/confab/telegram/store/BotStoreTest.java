package dev.confab.telegram.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.server.store.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all stores promise, of each of them: in memory, in SQLite and in PostgreSQL. */
class BotStoreTest {
    private static final ChatKey ADA = new ChatKey(7, 0);
    private static final ChatKey TOPIC = new ChatKey(-5, 3);

    @TempDir
    Path folder;

    @Test
    void anUpdateIsTakenInOnceAndKeptUntilItIsDone() {
        each(store -> {
            StoredUpdate first = StoredUpdate.waiting(1, ADA, "one");
            StoredUpdate second = StoredUpdate.waiting(2, TOPIC, "two");

            assertThat(store.receive(List.of(first, second))).containsExactly(first, second);
            assertThat(store.receive(List.of(second))).isEmpty();
            store.progress(first.with(Progress.SENDING, 40));
            assertThat(store.unfinished()).containsExactly(first.with(Progress.SENDING, 40), second);
            store.progress(first.with(Progress.DONE, 0));
            assertThat(store.unfinished()).containsExactly(second);
            assertThat(store.receive(List.of(first))).isEmpty();
        });
    }

    @Test
    void aChatIsKeptWithItsSettingsAndExchanges() {
        each(store -> {
            var settings = ChatSettings.NONE
                    .withTemperature(0.7)
                    .withPersona("captain")
                    .withGifRate(0.0);
            var state = new ChatState(TOPIC, "{}", settings, List.of(new Exchange(4, 1, List.of(5, 6))), true);
            StoredUpdate update = StoredUpdate.waiting(1, TOPIC, "one");
            store.receive(List.of(update));
            store.progress(update.with(Progress.SENDING, 0), state);

            assertThat(store.chat(TOPIC)).contains(state);
            store.save(state.withBlocked(false));
            assertThat(store.chat(TOPIC)).contains(state.withBlocked(false));
            assertThat(store.chat(ADA)).isEmpty();
        });
    }

    @Test
    void whatIsForgottenIsGoneButItsUpdatesDoNotComeAgain() {
        each(store -> {
            StoredUpdate update = StoredUpdate.waiting(1, ADA, "secret");
            store.receive(List.of(update));
            store.save(ChatState.unknown(ADA));
            store.forget(ADA);

            assertThat(store.chat(ADA)).isEmpty();
            assertThat(store.unfinished()).isEmpty();
            assertThat(store.receive(List.of(update))).isEmpty();
        });
    }

    @Test
    void aGroupTakesItsTopicsAlong() {
        each(store -> {
            store.save(ChatState.unknown(TOPIC));
            store.move(-5, -1005);

            assertThat(store.chat(TOPIC)).isEmpty();
            assertThat(store.chat(new ChatKey(-1005, 3))).isPresent();
        });
    }

    @Test
    void severalBotsShareADatabaseAndDoNotMeet() {
        try (Database database = open()) {
            BotStore one = DatabaseBotStore.open(database, 1);
            BotStore other = DatabaseBotStore.open(database, 2);
            one.receive(List.of(StoredUpdate.waiting(1, ADA, "one")));
            one.save(ChatState.unknown(ADA));

            assertThat(other.unfinished()).isEmpty();
            assertThat(other.chat(ADA)).isEmpty();
            assertThat(other.receive(List.of(StoredUpdate.waiting(1, ADA, "one"))))
                    .hasSize(1);
        }
    }

    @Test
    void finishedUpdatesAreForgottenWhenTelegramHasForgottenThem() {
        try (Database database = open()) {
            DatabaseBotStore store = DatabaseBotStore.open(database, 1);
            StoredUpdate update = StoredUpdate.waiting(1, ADA, "one");
            store.receive(List.of(update));
            store.progress(update.with(Progress.DONE, 0));
            Instant later = Instant.now().plus(Duration.ofDays(3));
            store.withClock(() -> later).receive(List.of());

            assertThat(store.receive(List.of(update))).hasSize(1);
        }
    }

    private void each(Consumer<BotStore> test) {
        test.accept(new MemoryBotStore());
        try (Database file = open();
                Database postgres = Database.open(DatabaseAddress.parse(PostgresServer.newDatabase()))) {
            test.accept(DatabaseBotStore.open(file, 1));
            test.accept(DatabaseBotStore.open(postgres, 1));
        }
    }

    private Database open() {
        return Database.open(DatabaseAddress.inFolder(folder));
    }
}
