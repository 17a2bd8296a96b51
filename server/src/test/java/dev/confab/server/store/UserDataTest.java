package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class UserDataTest extends Databases {
    private static final String ANN = User.ownerOf("ann");
    private static final String BOB = User.ownerOf("bob");

    private static JsonNode export(Database database, String owner) {
        var out = new ByteArrayOutputStream();
        new UserData(database).export(owner, out);
        return JsonMapper.shared().readTree(out.toByteArray());
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void allOfAUserIsExportedAndNothingOfOthers(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var store = new DatabaseConversationStore(database);
        StoredMessage reply = Samples.reply("r1", "m1", "Hello yourself \0 🦜", Instant.EPOCH, 0.5)
                .withFeedback(new Feedback("Like", "kind", Instant.EPOCH));
        store.save(ANN, Samples.conversation("c1", "One", Instant.EPOCH, Samples.question("m1", "", "hello"), reply));
        store.save(ANN, Samples.conversation("c2", "Two", Instant.EPOCH.plusSeconds(1)));
        store.delete(ANN, "c2");
        store.save(BOB, Samples.conversation("c3", "Bob's", Instant.EPOCH));

        JsonNode document = export(database, ANN);
        assertThat(document.path("owner").stringValue()).isEqualTo("user:ann");
        JsonNode conversations = document.path("conversations");
        assertThat(conversations.valueStream().map(one -> one.path("title").stringValue()))
                .containsExactly("One", "Two");
        assertThat(conversations.at("/0/messages/1/text").stringValue()).isEqualTo("Hello yourself \0 🦜");
        assertThat(conversations.at("/0/messages/1/feedback/comment").stringValue())
                .isEqualTo("kind");
        assertThat(conversations.at("/0/shown").toString()).isEqualTo("[\"m1\",\"r1\"]");
        assertThat(conversations.at("/1/deleted_at").isString()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aUsersConversationsAreDeletedForGood(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var store = new DatabaseConversationStore(database);
        store.save(ANN, Samples.chain("c1", 3));
        store.save(ANN, Samples.chain("c2", 3));
        store.delete(ANN, "c2");
        store.save(BOB, Samples.chain("c1", 2));

        assertThat(new UserData(database).delete(ANN)).isEqualTo(2);
        assertThat(store.restore(ANN, "c2")).isFalse();
        assertThat(export(database, ANN).path("conversations")).isEmpty();
        long messages = database.read(handle -> handle.createQuery("select count(*) from messages")
                .mapTo(Long.class)
                .one());
        assertThat(messages).isEqualTo(2);
    }

    @Test
    void nothingThatIsDeletedStaysInTheFile() throws Exception {
        String secret = "the cellar door is never locked";
        Database database = open(Dialect.SQLITE);
        var store = new DatabaseConversationStore(database);
        store.save(ANN, Samples.conversation("c1", "One", Instant.EPOCH, Samples.question("m1", "", secret)));
        assertThat(textOfAllFiles()).contains(secret);

        new UserData(database).delete(ANN);
        assertThat(textOfAllFiles()).doesNotContain(secret);
    }

    private String textOfAllFiles() throws Exception {
        var text = new StringBuilder();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                text.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void oldConversationsGoOnlyWhereThatIsAskedFor(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var now = new AtomicReference<>(Instant.EPOCH.plus(Duration.ofDays(100)));
        var store = new DatabaseConversationStore(database, now::get);
        store.save(ANN, Samples.chain("old", 3));
        store.save(ANN, Samples.conversation("new", "New", now.get().minus(Duration.ofDays(29))));
        store.save(ANN, Samples.conversation("deleted", "Deleted", now.get()));
        store.delete(ANN, "deleted");
        assertThat(new Retention(database, null, now::get).clean()).isZero();

        now.set(now.get().plus(DatabaseConversationStore.RESTORABLE).plusSeconds(1));
        assertThat(new Retention(database, null, now::get).clean()).isEqualTo(1);
        assertThat(store.load(ANN, "old")).isPresent();
        assertThat(new Retention(database, Duration.ofDays(30), now::get).clean())
                .isEqualTo(1);
        assertThat(store.load(ANN, "old")).isEmpty();
        assertThat(store.load(ANN, "new")).isPresent();
    }

    @Test
    void aServerCleansByItself() throws Exception {
        Database database = open(Dialect.SQLITE);
        var store = new DatabaseConversationStore(database);
        store.save(ANN, Samples.chain("old", 3));
        store.save(ANN, Samples.conversation("new", "New", Instant.now()));

        try (Retention.Cleaning _ = new Retention(database, Duration.ofDays(30)).start()) {
            await().until(() -> store.load(ANN, "old").isEmpty());
        }
        assertThat(store.load(ANN, "new")).isPresent();
    }
}
