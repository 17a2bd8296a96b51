package dev.confab.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.server.store.RatedReply.Rating;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import java.time.Duration;
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
    void eachPeriodTellsHowMuchWasAskedAndHowQuicklyItWasAnswered(Dialect dialect) throws Exception {
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

        assertThat(new Usage(database).periods(new Periods(NOON, Duration.ofHours(1), 4)))
                .containsExactly(
                        new PeriodOfUse(NOON, 21, 1, 0, 1, typical(1.0, 1.9), typical(20, 20)),
                        PeriodOfUse.quiet(NOON.plusSeconds(3600)),
                        new PeriodOfUse(NOON.plusSeconds(2 * 3600), 1, 0, 1, 1, Typical.NONE, Typical.NONE),
                        PeriodOfUse.quiet(NOON.plusSeconds(3 * 3600)));
        assertThat(new Usage(database).periods(Periods.one(NOON, EVENING)))
                .containsExactly(new PeriodOfUse(NOON, 22, 1, 1, 2, typical(1.0, 1.9), typical(20, 20)));
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

        List<Map<String, Long>> feedback = usage.feedback(Periods.one(NOON, EVENING));
        assertThat(feedback).containsExactly(Map.of("Dislike", 3L, "Like", 1L));
        assertThat(feedback.getFirst().keySet()).containsExactly("Dislike", "Like");
        assertThat(usage.feedback(new Periods(NOON, Duration.ofMillis(1500), 2)))
                .containsExactly(Map.of("Dislike", 2L, "Like", 1L), Map.of("Dislike", 1L));
        List<RatedReply> disliked = usage.mostRated("Dislike", NOON, EVENING, 5);
        assertThat(disliked).extracting(RatedReply::text).containsExactly("I don't know.", "I said I don't know!");
        assertThat(disliked).extracting(RatedReply::count).containsExactly(2L, 1L);
        assertThat(disliked.getFirst().ratings()).extracting(Rating::comment).containsExactly("", "dull");
        assertThat(disliked.getFirst().ratings()).extracting(Rating::message).containsExactly("r1", "r1");
        RatedConversation bobs = usage.conversation(
                        disliked.getFirst().ratings().getFirst().conversation())
                .orElseThrow();
        assertThat(bobs.owner()).isEqualTo("user:bob");
        assertThat(bobs.conversation()).isEqualTo(store.load("user:bob", "c1").orElseThrow());
        long cyds = disliked.getLast().ratings().getFirst().conversation();
        assertThat(usage.conversation(cyds)).isPresent();
        store.delete("user:cyd", "c1");
        assertThat(usage.conversation(cyds)).as("deleted").isEmpty();
        assertThat(usage.mostRated("Dislike", NOON, EVENING, 5)).hasSize(1);
        store.rate("user:bob", "c1", "r1", null);
        assertThat(usage.conversation(disliked.getFirst().ratings().getFirst().conversation()))
                .as("without feedback it is its owner's alone")
                .isEmpty();
        assertThat(usage.mostRated("Dislike", EVENING, EVENING.plusSeconds(1), 5))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void countsOfReplicasAddUpByTheHourUntilTheyAreOld(Dialect dialect) throws Exception {
        Database database = open(dialect);
        var tallies = new Tallies(database);
        tallies.add(NOON, Map.of("requests", 3L, "filtered", 1L));
        new Tallies(database).add(NOON.plusSeconds(3599), Map.of("requests", 4L));
        tallies.add(NOON.plusSeconds(2 * 3600), Map.of("requests", 5L));
        tallies.add(EVENING, Map.of("requests", 100L));
        tallies.add(EVENING, Map.of());

        assertThat(tallies.counts(new Periods(NOON, Duration.ofHours(2), 3)))
                .containsExactly(Map.of("requests", 7L, "filtered", 1L), Map.of("requests", 5L), Map.of());
        Instant later = NOON.plus(Tallies.KEPT).plusSeconds(3 * 3600);
        new Retention(database, null, () -> later).clean();
        assertThat(tallies.counts(Periods.one(NOON, EVENING.plusSeconds(3600))))
                .containsExactly(Map.of("requests", 100L));
    }

    private static Typical typical(double median, double slow) {
        return new Typical(OptionalDouble.of(median), OptionalDouble.of(slow));
    }
}
