package dev.confab.engine.model;

import static dev.confab.engine.model.Forward.difference;
import static dev.confab.engine.model.Forward.randomModel;
import static dev.confab.engine.model.Forward.read;
import static dev.confab.engine.model.Forward.readFresh;
import static dev.confab.engine.model.Forward.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.WeightFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forking, truncating and closing caches, compared with caches that were never used before. */
final class KeyValueCacheTest {
    private static final double EXACT = 1e-5;
    private static Gpt2 model;

    @BeforeAll
    static void makeModel() {
        model = randomModel(WeightFormat.F32);
    }

    @AfterAll
    static void closeModel() {
        model.close();
    }

    @AfterEach
    void allMemoryIsBack() {
        assertThat(model.keyValueBytes()).isZero();
    }

    private static int[] join(int[] first, int count, int[] second) {
        return IntStream.concat(Arrays.stream(first).limit(count), Arrays.stream(second))
                .toArray();
    }

    /** Appends {@code more} to a cache that holds the first {@code length} of {@code prefix}, and checks the logits. */
    private static void goOnAndCheck(KeyValueCache cache, int[] prefix, int[] more) {
        int length = cache.length();
        int[] all = join(prefix, length, more);
        for (int i = length; i < all.length; i++) {
            float[] actual = read(model, cache, all, i, i + 1, 1)[0];
            assertThat(difference(actual, readFresh(model, Arrays.copyOf(all, i + 1))))
                    .as("token " + i + " after " + length)
                    .isLessThan(EXACT);
        }
    }

    @Test
    void forksThatDivergeEqualFreshCaches() {
        for (int length : new int[] {1, 31, 32, 33, 40, 64}) {
            int[] prompt = tokens(model, length, 1);
            try (KeyValueCache cache = model.newCache()) {
                read(model, cache, prompt, 0, length, 1);
                try (KeyValueCache fork = cache.fork();
                        KeyValueCache forkOfFork = fork.fork()) {
                    assertThat(fork.length()).isEqualTo(length);
                    goOnAndCheck(fork, prompt, tokens(model, 3, 2));
                    goOnAndCheck(cache, prompt, tokens(model, 35, 3));
                    goOnAndCheck(forkOfFork, prompt, tokens(model, 3, 4));
                    // Once more, now that each has blocks of its own.
                    int[] first = join(prompt, length, tokens(model, 3, 2));
                    goOnAndCheck(fork, first, tokens(model, 2, 5));
                }
            }
        }
    }

    @Test
    void forkingTakesNoMemoryUntilSomeoneWrites() {
        int[] prompt = tokens(model, 40, 1);
        try (KeyValueCache cache = model.newCache()) {
            read(model, cache, prompt, 0, 40, 1);
            long held = model.keyValueBytes();
            try (KeyValueCache fork = cache.fork()) {
                assertThat(model.keyValueBytes()).isEqualTo(held);
                read(model, fork, prompt, 0, 1, 1);
                assertThat(model.keyValueBytes()).isEqualTo(held / 2 * 3);
            }
            assertThat(model.keyValueBytes()).isEqualTo(held);
        }
    }

    @Test
    void aTruncatedCacheGoesOnLikeAFreshOne() {
        int[] prompt = tokens(model, 100, 1);
        for (int length : new int[] {0, 1, 31, 32, 33, 64, 99, 100}) {
            try (KeyValueCache cache = model.newCache()) {
                read(model, cache, prompt, 0, 100, 1);
                cache.truncate(length);
                assertThat(cache.length()).isEqualTo(length);
                goOnAndCheck(cache, prompt, tokens(model, 5, 2));
            }
        }
    }

    @Test
    void truncatingIntoASharedBlockDoesNotDisturbTheFork() {
        int[] prompt = tokens(model, 60, 1);
        try (KeyValueCache cache = model.newCache()) {
            read(model, cache, prompt, 0, 60, 1);
            try (KeyValueCache fork = cache.fork()) {
                cache.truncate(40);
                goOnAndCheck(cache, prompt, tokens(model, 30, 2));
                goOnAndCheck(fork, prompt, tokens(model, 10, 3));
            }
            try (KeyValueCache fork = cache.fork()) {
                fork.truncate(20);
                goOnAndCheck(fork, prompt, tokens(model, 20, 4));
                int[] all = join(prompt, 40, tokens(model, 30, 2));
                goOnAndCheck(cache, all, tokens(model, 3, 5));
            }
        }
    }

    @Test
    void aTruncationToWhatIsNotThereIsRefusedWithBothNumbers() {
        try (KeyValueCache cache = model.newCache()) {
            read(model, cache, tokens(model, 5, 1), 0, 5, 1);
            assertThatThrownBy(() -> cache.truncate(6)).hasMessageContainingAll("5 tokens", "6");
            assertThatThrownBy(() -> cache.truncate(-1)).hasMessageContainingAll("5 tokens", "-1");
            assertThat(cache.length()).isEqualTo(5);
        }
    }

    @Test
    void aClosedCacheIsEmptyAndRefusesUse() {
        KeyValueCache cache = model.newCache();
        read(model, cache, tokens(model, 40, 1), 0, 40, 1);
        assertThat(model.keyValueBytes()).isPositive();
        cache.close();
        cache.close();
        assertThat(model.keyValueBytes()).isZero();
        assertThat(cache.length()).isZero();
        assertThatThrownBy(cache::fork)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> read(model, cache, new int[] {1}, 0, 1, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(model.keyValueBytes()).isZero();
    }

    /** A model whose caches may hold 23 blocks of 32 tokens together: one sequence of full length, and one block. */
    private static Gpt2 boundedModel() {
        var options =
                new LoadOptions(Optional.of(WeightFormat.F32), 1, KernelSets.best(), 0, Optional.empty(), bytes -> {});
        return Gpt2Loader.random(model.config(), options);
    }

    @Test
    void aFullMemoryIsRefusedWithItsSizeAndTheOtherCachesGoOn() {
        int[] prompt = tokens(model, 500, 1);
        try (Gpt2 bounded = boundedModel();
                KeyValueCache first = bounded.newCache();
                KeyValueCache second = bounded.newCache()) {
            read(bounded, first, prompt, 0, 300, 1);
            try (KeyValueCache third = bounded.newCache()) {
                read(bounded, third, prompt, 0, 400, 1);
                assertThatThrownBy(() -> read(bounded, second, prompt, 0, 33, 1))
                        .isInstanceOf(ConfabException.class)
                        .hasMessageContainingAll("key-value memory is full", "MB", "close some or allow more");
                assertThat(second.length()).isZero();
                assertThat(difference(
                                read(bounded, first, prompt, 300, 301, 1)[0],
                                readFresh(model, Arrays.copyOf(prompt, 301))))
                        .isLessThan(EXACT);
            }
            assertThat(difference(
                            read(bounded, second, prompt, 0, 33, 1)[0], readFresh(model, Arrays.copyOf(prompt, 33))))
                    .isLessThan(EXACT);
        }
    }

    @Test
    void afterARefusalForksShareNothingButTokens() {
        int[] prompt = tokens(model, 500, 1);
        try (Gpt2 bounded = boundedModel();
                KeyValueCache cache = bounded.newCache()) {
            read(bounded, cache, prompt, 0, 320, 1);
            try (KeyValueCache other = bounded.newCache()) {
                read(bounded, other, prompt, 0, 352, 1);
                assertThatThrownBy(() -> read(bounded, cache, prompt, 320, 420, 1))
                        .isInstanceOf(ConfabException.class);
            }
            try (KeyValueCache fork = cache.fork()) {
                int[] theirs = join(prompt, 320, new int[] {7, 9});
                int[] ours = join(prompt, 320, new int[] {8, 9});
                read(bounded, fork, theirs, 320, 321, 1);
                read(bounded, cache, ours, 320, 321, 1);
                assertThat(difference(read(bounded, fork, theirs, 321, 322, 1)[0], readFresh(model, theirs)))
                        .isLessThan(EXACT);
                assertThat(difference(read(bounded, cache, ours, 321, 322, 1)[0], readFresh(model, ours)))
                        .isLessThan(EXACT);
            }
        }
    }
}
