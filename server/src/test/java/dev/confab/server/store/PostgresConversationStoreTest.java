package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.ui.conversation.ConversationQuery;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.ConversationStoreContract;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.StoredMessage;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresConversationStoreTest extends ConversationStoreContract {
    private static final String OWNER = "user:ann";

    private final String url = PostgresServer.newDatabase();
    private final Database database = Database.open(DatabaseAddress.parse(url));

    PostgresConversationStoreTest() throws SQLException {}

    @Override
    protected ConversationStore open() {
        return new DatabaseConversationStore(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void replicasSeeWhatTheOthersWrite() {
        var here = new DatabaseConversationStore(database);
        try (Database replica = Database.open(DatabaseAddress.parse(url))) {
            var there = new DatabaseConversationStore(replica);
            here.save(OWNER, Samples.conversation("c1", "One", Instant.EPOCH));
            assertThat(there.put(OWNER, "c1", List.of(Samples.question("m1", "", "hello"))))
                    .isTrue();

            assertThat(here.load(OWNER, "c1").orElseThrow().messages()).hasSize(1);
            assertThat(there.list(OWNER, ConversationQuery.newest(10)))
                    .extracting(ConversationSummary::id)
                    .containsExactly("c1");
            there.delete(OWNER, "c1");
            assertThat(here.load(OWNER, "c1")).isEmpty();
            assertThat(here.restore(OWNER, "c1")).isTrue();
        }
    }

    @Test
    void turnsThatReplicasPutIntoOneConversationAtOnceAreAllKept() throws Exception {
        var here = new DatabaseConversationStore(database);
        here.save(OWNER, Samples.conversation("c1", "One", Instant.EPOCH));
        try (Database replica = Database.open(DatabaseAddress.parse(url));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var there = new DatabaseConversationStore(replica);
            List<Future<Boolean>> tabs = new ArrayList<>();
            for (int tab = 0; tab < 8; tab++) {
                ConversationStore store = tab % 2 == 0 ? here : there;
                String prefix = "tab" + tab + "-";
                tabs.add(threads.submit(() -> putChain(store, prefix, 15)));
            }
            for (Future<Boolean> tab : tabs) {
                assertThat(tab.get()).isTrue();
            }
        }

        List<StoredMessage> messages = here.load(OWNER, "c1").orElseThrow().messages();
        assertThat(messages).hasSize(8 * 15);
        assertThat(messages).extracting(StoredMessage::id).doesNotHaveDuplicates();
    }

    private static boolean putChain(ConversationStore store, String prefix, int length) {
        String parent = StoredMessage.ROOT;
        for (int i = 0; i < length; i++) {
            String id = prefix + i;
            if (!store.put(OWNER, "c1", List.of(Samples.question(id, parent, "text")))) {
                return false;
            }
            parent = id;
        }
        return true;
    }
}
