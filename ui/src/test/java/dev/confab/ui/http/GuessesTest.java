package dev.confab.ui.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class GuessesTest {
    private final AtomicLong now = new AtomicLong();
    private final Guesses guesses = new Guesses(now::get);

    @Test
    void tenWrongPasswordsForANameAreAllForAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(guesses.take("a", "ann")).isZero();
        }
        now.set(Duration.ofSeconds(20).toNanos());
        assertThat(guesses.take("a", "ann")).isEqualTo(Duration.ofSeconds(40));
        assertThat(guesses.take("a", "bob")).as("another name").isZero();
        assertThat(guesses.take("b", "ann")).as("another address").isZero();
        now.set(Duration.ofSeconds(60).toNanos());
        assertThat(guesses.take("a", "ann")).isZero();
    }

    @Test
    void anAddressMayNotTryAllNamesEither() {
        for (int i = 0; i < 60; i++) {
            assertThat(guesses.take("a", "name" + i)).isZero();
        }
        assertThat(guesses.take("a", "ann")).isPositive();
        assertThat(guesses.take("b", "ann")).isZero();
    }

    @Test
    void rightPasswordsDoNotCount() {
        for (int i = 0; i < 100; i++) {
            assertThat(guesses.take("a", "ann")).isZero();
            guesses.right("a", "ann");
        }
    }
}
