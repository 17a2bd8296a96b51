package dev.confab.ui.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class MemoryConversationStoreTest extends ConversationStoreContract {
    private static final Duration DAY = Duration.ofDays(1);
    private static final String OWNER = "browser:1";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);

    @Override
    protected ConversationStore open() {
        return new MemoryConversationStore(1 << 20, DAY);
    }

    private static StoredConversation conversation(String id, int characters) {
        Instant at = Instant.EPOCH;
        return new StoredConversation(
                new ConversationSummary(id, "", at, at),
                Map.of(),
                Map.of(),
                List.of(StoredMessage.ofUser("m1", "", "x".repeat(characters), at)));
    }

    private static List<String> ids(ConversationStore store) {
        return store.list(OWNER, ConversationQuery.newest(100)).stream()
                .map(ConversationSummary::id)
                .toList();
    }

    @Test
    void thoseChangedLongestAgoGoWhenThereIsTooMuch() {
        ConversationStore store = new MemoryConversationStore(10_000, DAY, now::get);
        for (int i = 0; i < 5; i++) {
            store.save(OWNER, conversation("c" + i, 1900));
        }
        store.rename(OWNER, "c1", "still used");
        store.save(OWNER, conversation("c5", 1900));

        assertThat(ids(store)).containsExactlyInAnyOrder("c1", "c3", "c4", "c5");
    }

    @Test
    void oneConversationCannotTakeAllTheRoom() {
        ConversationStore store = new MemoryConversationStore(10_000, DAY, now::get);
        store.save(OWNER, conversation("c1", 2000));

        assertThatThrownBy(() -> store.save(OWNER, conversation("c2", 2200)))
                .isInstanceOf(ConversationFullException.class)
                .hasMessageContaining("2200 characters in 1 messages");
        List<StoredMessage> more = List.of(StoredMessage.ofUser("m2", "m1", "y".repeat(400), Instant.EPOCH));
        assertThatThrownBy(() -> store.put(OWNER, "c1", more)).isInstanceOf(ConversationFullException.class);
        assertThat(store.load(OWNER, "c1").orElseThrow().messages()).hasSize(1);
    }

    @Test
    void conversationsAreForgottenAfterTheirTime() {
        ConversationStore store = new MemoryConversationStore(10_000, DAY, now::get);
        store.save(OWNER, conversation("c1", 10));
        now.set(Instant.EPOCH.plus(DAY.dividedBy(2)));
        store.save(OWNER, conversation("c2", 10));
        now.set(Instant.EPOCH.plus(DAY).plusSeconds(1));

        assertThat(ids(store)).containsExactly("c2");
    }

    @Test
    void aDeletedConversationCanBeRestoredForAnHour() {
        ConversationStore store = new MemoryConversationStore(10_000, DAY, now::get);
        store.save(OWNER, conversation("c1", 10));
        store.save(OWNER, conversation("c2", 10));
        store.delete(OWNER, "c1");
        store.delete(OWNER, "c2");
        now.set(Instant.EPOCH.plus(MemoryConversationStore.RESTORABLE));
        assertThat(store.restore(OWNER, "c1")).isTrue();
        now.set(now.get().plusSeconds(1));
        assertThat(store.restore(OWNER, "c2")).isFalse();
    }
}
