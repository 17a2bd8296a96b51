package dev.confab.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may talk to the bot, and how much. */
class BotLimitsTest extends StartedBot {
    @Test
    void ratesAreLimitedAndSaidOnce() {
        var metrics = new SimpleMeterRegistry();
        builder.limits(TestBots.LIMITS.withRates(2, 1000)).metrics(metrics);
        start();
        for (int i = 1; i <= 6; i++) {
            server.says(ADA, "answer " + i);
        }
        server.says(BOB, "answer b");

        await().until(() -> metrics.counter("confab.refused", "reason", "rate").count() >= 4);
        awaitTexts(BOB, 1);
        assertThat(server.texts(ADA)).containsExactly("1", "2", Sentences.TOO_FAST);
    }

    @Test
    void aFullMailboxDropsWhatComesAndSaysSo() {
        builder.limits(TestBots.LIMITS.withQueues(3, 8));
        for (int i = 1; i <= 30; i++) {
            server.says(ADA, "answer " + i);
        }
        start();

        await().until(() -> server.texts(ADA).contains(Sentences.OVERFLOWED));
        assertThat(server.texts(ADA)).startsWith("1").hasSizeLessThan(31);
    }

    @Test
    void strangersAreToldTheirNumberAndTheBlockedNothing() {
        builder.access(new Access(Set.of(ADA), Set.of(9L)));
        start();
        server.says(9, "answer blocked");
        server.says(BOB, "answer stranger");
        server.says(ADA, "answer friend");

        awaitTexts(ADA, 1);
        awaitTexts(BOB, 1);
        assertThat(server.texts(BOB)).containsExactly(Sentences.notAllowed(BOB));
        assertThat(server.texts(9)).isEmpty();
    }

    @Test
    void aMessageThatIsTooLongIsRefusedKindly() {
        builder.limits(TestBots.LIMITS.withLongestInput(20));
        start();
        server.says(ADA, "answer " + "x".repeat(20));

        awaitTexts(ADA, 1);
        assertThat(server.texts(ADA)).containsExactly(Sentences.tooLong(20));
    }
}
