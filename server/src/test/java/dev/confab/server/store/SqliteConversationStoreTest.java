package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.ui.conversation.ConversationFullException;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.ConversationStoreContract;
import dev.confab.ui.conversation.StoredMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteConversationStoreTest extends ConversationStoreContract {
    private static final String OWNER = "user:ann";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Database database;

    SqliteConversationStoreTest(@TempDir Path folder) {
        database = Database.open(DatabaseAddress.inFolder(folder));
    }

    @Override
    protected ConversationStore open() {
        return new DatabaseConversationStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aDeletedConversationCanBeRestoredForAnHour() {
        var store = new DatabaseConversationStore(database, now::get);
        store.save(OWNER, Samples.conversation("c1", "One", Instant.EPOCH));
        store.save(OWNER, Samples.conversation("c2", "Two", Instant.EPOCH));
        store.delete(OWNER, "c1");
        store.delete(OWNER, "c2");
        now.set(Instant.EPOCH.plus(DatabaseConversationStore.RESTORABLE));
        assertThat(store.restore(OWNER, "c1")).isTrue();
        now.set(now.get().plusSeconds(1));
        assertThat(store.restore(OWNER, "c2")).isFalse();

        store.delete(OWNER, "c1");
        long kept = database.read(handle -> handle.createQuery("select count(*) from conversations")
                .mapTo(Long.class)
                .one());
        assertThat(kept).as("a deletion removes what can no longer be restored").isEqualTo(1);
    }

    @Test
    void aConversationThatIsFullTakesNothingMore() {
        var store = new DatabaseConversationStore(database);
        String half = "x".repeat(DatabaseConversationStore.MAX_CHARACTERS / 2);
        store.save(OWNER, Samples.conversation("c1", "One", Instant.EPOCH, Samples.question("m1", "", half)));
        store.put(OWNER, "c1", List.of(Samples.question("m2", "m1", half)));
        List<StoredMessage> more = List.of(Samples.question("m3", "m2", "y"));

        assertThatThrownBy(() -> store.put(OWNER, "c1", more))
                .isInstanceOf(ConversationFullException.class)
                .hasMessageContaining("4194305 characters in 3 messages");
        assertThat(store.load(OWNER, "c1").orElseThrow().messages()).hasSize(2);
        store.put(OWNER, "c1", List.of(Samples.question("m2", "m1", "shorter")));
        assertThat(store.put(OWNER, "c1", more)).isTrue();
    }

    @Test
    void aLongBranchIsRemovedAtOnce() {
        var store = new DatabaseConversationStore(database);
        store.save(OWNER, Samples.chain("c1", 3000));

        assertThat(store.remove(OWNER, "c1", "m1")).isTrue();
        assertThat(store.load(OWNER, "c1").orElseThrow().messages())
                .extracting(StoredMessage::id)
                .containsExactly("m0");
        assertThat(store.load(OWNER, "c1").orElseThrow().choices()).isEqualTo(Map.of("", "m0"));
    }
}
