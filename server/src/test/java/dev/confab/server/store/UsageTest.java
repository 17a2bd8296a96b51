package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.server.store.RatedReply.Rating;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class UsageTest extends Databases {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant EVENING = NOON.plusSeconds(6 * 3600);

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void eachHourTellsHowMuchWasAskedAndHowQuicklyItWasAnswered(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var store = new DatabaseConversationStore(database);
        List<StoredMessage> messages = new ArrayList<>(List.of(Samples.question("m", "", "hello")));
        for (int i = 1; i <= 20; i++) {
            messages.add(Samples.reply("r" + i, "m", "text", NOON.plusSeconds(i), i / 10.0));
        }
        StoredMessage failed = StoredMessage.running("failed", "m", "e", NOON.plusSeconds(30));
        messages.add(failed.ended(State.FAILED, "", "no memory", null));
        store.save("user:ann", Samples.conversation("c1", "One", NOON, messages.toArray(StoredMessage[]::new)));
        StoredMessage late = StoredMessage.running("r1", "", "e", NOON.plusSeconds(2 * 3600));
        store.save("user:bob", Samples.conversation("c1", "Two", NOON, late.ended(State.STOPPED, "", null, null)));
        store.save("user:cyd", Samples.conversation("c1", "Out", NOON, Samples.reply("r", "", "x", EVENING, 9)));

        assertThat(new Usage(database).hours(NOON, EVENING))
                .containsExactly(
                        new HourOfUse(NOON, 21, 1, 0, 1, OptionalDouble.of(1.0), OptionalDouble.of(1.9)),
                        new HourOfUse(
                                NOON.plusSeconds(2 * 3600),
                                1,
                                0,
                                1,
                                1,
                                OptionalDouble.empty(),
                                OptionalDouble.empty()));
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theMostDislikedRepliesComeWithTheirConversations(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var store = new DatabaseConversationStore(database);
        for (String owner : List.of("user:ann", "user:bob", "user:cyd")) {
            store.save(
                    owner,
                    Samples.conversation(
                            "c1",
                            "One",
                            NOON,
                            Samples.reply("r1", "", "I don't know.", NOON, 1),
                            Samples.reply("r2", "r1", "I said I don't know!", NOON, 1)));
        }
        store.rate("user:ann", "c1", "r1", new Feedback("Dislike", "dull", NOON.plusSeconds(1)));
        store.rate("user:bob", "c1", "r1", new Feedback("Dislike", "", NOON.plusSeconds(2)));
        store.rate("user:cyd", "c1", "r1", new Feedback("Like", "", NOON));
        store.rate("user:cyd", "c1", "r2", new Feedback("Dislike", "rude", NOON));
        var usage = new Usage(database);

        assertThat(usage.feedback(NOON, EVENING)).isEqualTo(Map.of("Dislike", 3L, "Like", 1L));
        assertThat(usage.feedback(NOON, EVENING).keySet()).containsExactly("Dislike", "Like");
        assertThat(usage.mostRated("Dislike", NOON, EVENING, 5))
                .containsExactly(
                        new RatedReply(
                                "I don't know.",
                                2,
                                List.of(
                                        new Rating("user:bob", "c1", "r1", "", NOON.plusSeconds(2)),
                                        new Rating("user:ann", "c1", "r1", "dull", NOON.plusSeconds(1)))),
                        new RatedReply(
                                "I said I don't know!", 1, List.of(new Rating("user:cyd", "c1", "r2", "rude", NOON))));
        store.delete("user:cyd", "c1");
        assertThat(usage.mostRated("Dislike", NOON, EVENING, 5)).hasSize(1);
        assertThat(usage.mostRated("Dislike", EVENING, EVENING.plusSeconds(1), 5))
                .isEmpty();
    }
}
