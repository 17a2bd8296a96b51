package dev.confab.engine.model;

import static dev.confab.engine.model.Forward.difference;
import static dev.confab.engine.model.Forward.logits;
import static dev.confab.engine.model.Forward.randomModel;
import static dev.confab.engine.model.Forward.read;
import static dev.confab.engine.model.Forward.readFresh;
import static dev.confab.engine.model.Forward.readOneByOne;
import static dev.confab.engine.model.Forward.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.confab.engine.tensor.WeightFormat;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same tokens give the same answers however they are cut into forward passes. */
final class ForwardTest {
    private static final Duration TIME_TO_COMPILE = Duration.ofMinutes(1);
    /** Sums of floats in another order: a hundred times the resolution of a float. */
    private static final double EXACT = 1e-5;

    @ParameterizedTest
    @ValueSource(strings = {"tiny-a", "tiny-b", "tiny-g"})
    void decodingTokenByTokenEqualsReadingAllAtOnce(String name) {
        try (Gpt2 model = TestModels.load(name + "/st-f32")) {
            int[] tokens = tokens(model, Math.min(60, model.config().positions()), 1);
            assertThat(difference(readOneByOne(model, tokens), TestModels.logits(model, tokens, tokens.length)))
                    .isLessThan(EXACT);
        }
    }

    /** Rounded keys and values may round the other way after a sum in another order, hence the wider tolerance. */
    @ParameterizedTest
    @EnumSource(value = WeightFormat.class, names = "F32", mode = EnumSource.Mode.EXCLUDE)
    @Tag("rounding-of-java-kernels")
    void decodingTokenByTokenComesCloseToReadingAllAtOnceInRoundedFormats(WeightFormat format) {
        // One row's inputs are multiplied in 8 bits with 4-bit weights, several rows' as floats.
        double tolerance = format == WeightFormat.Q4 ? 0.05 : 0.005;
        try (Gpt2 model = TestModels.load("tiny-b/st-f32", format)) {
            int[] tokens = tokens(model, Math.min(60, model.config().positions()), 1);
            assertThat(difference(readOneByOne(model, tokens), TestModels.logits(model, tokens, tokens.length)))
                    .isLessThan(tolerance);
        }
    }

    @Test
    void promptsOfSeveralPassesEqualTokenByToken() {
        try (Gpt2 model = randomModel(WeightFormat.F32)) {
            int[] tokens = tokens(model, 700, 1);
            float[][] expected = readOneByOne(model, tokens);
            for (int length : new int[] {255, 256, 257, 512, 513, 700}) {
                assertThat(difference(
                                TestModels.logits(model, Arrays.copyOf(tokens, length), length),
                                Arrays.copyOf(expected, length)))
                        .as(length + " tokens")
                        .isLessThan(EXACT);
            }
        }
    }

    @Test
    void aPromptInPiecesOfAnySizeEqualsTheWhole() {
        try (Gpt2 model = randomModel(WeightFormat.F32)) {
            int[] tokens = tokens(model, 400, 2);
            float[] expected = readFresh(model, tokens);
            for (int piece : new int[] {1, 2, 3, 5, 31, 32, 33, 100, 300}) {
                try (KeyValueCache cache = model.newCache()) {
                    float[][] last = {};
                    for (int from = 0; from < tokens.length; from += piece) {
                        last = read(model, cache, tokens, from, Math.min(tokens.length, from + piece), 1);
                    }
                    assertThat(difference(last[0], expected))
                            .as("pieces of " + piece)
                            .isLessThan(EXACT);
                }
            }
        }
    }

    @Test
    void sequencesOfABatchEqualThoseReadAlone() {
        try (Gpt2 model = randomModel(WeightFormat.F32)) {
            var sequences = new ArrayList<int[]>();
            var caches = new ArrayList<KeyValueCache>();
            // Together more than one pass, so that some sequence is cut at any point.
            for (int length : new int[] {5, 32, 100, 33, 2, 300, 64, 129}) {
                sequences.add(tokens(model, length, length));
                caches.add(model.newCache());
            }
            for (int round = 0; round < 2; round++) {
                // All but the last token of each at once, then the last ones together.
                var batch = new ForwardBatch();
                for (int s = 0; s < sequences.size(); s++) {
                    int[] all = sequences.get(s);
                    int from = round == 0 ? 0 : all.length - 1;
                    int to = round == 0 ? all.length - 1 : all.length;
                    assertThat(batch.add(caches.get(s), all, from, to, 1)).isEqualTo(s);
                }
                model.forward(batch);
                float[][] results = logits(model, batch);
                for (int s = 0; s < sequences.size(); s++) {
                    int[] all = sequences.get(s);
                    int[] read = Arrays.copyOf(all, all.length - 1 + round);
                    assertThat(difference(results[s], readFresh(model, read))).isLessThan(EXACT);
                    assertThat(caches.get(s).length()).isEqualTo(read.length);
                }
            }
            caches.forEach(KeyValueCache::close);
        }
    }

    @Test
    void outputsAreCountedFromTheLastTokenOfEachSequence() {
        try (Gpt2 model = randomModel(WeightFormat.F32);
                KeyValueCache first = model.newCache();
                KeyValueCache second = model.newCache();
                KeyValueCache third = model.newCache()) {
            int[] tokens = tokens(model, 300, 3);
            var batch = new ForwardBatch();
            assertThat(batch.add(first, tokens, 0, 300, 3)).isZero();
            assertThat(batch.add(second, tokens, 0, 10, 0)).isEqualTo(3);
            assertThat(batch.add(third, tokens, 0, 20, 20)).isEqualTo(3);
            model.forward(batch);
            float[][] results = logits(model, batch);
            float[][] expected = TestModels.logits(model, tokens, 300);
            assertThat(difference(Arrays.copyOf(results, 3), Arrays.copyOfRange(expected, 297, 300)))
                    .isLessThan(EXACT);
            assertThat(difference(Arrays.copyOfRange(results, 3, 23), Arrays.copyOf(expected, 20)))
                    .isLessThan(EXACT);
            assertThat(second.length()).isEqualTo(10);
        }
    }

    @Test
    void hiddenStatesOfSeveralPassesEqualThoseOfSinglePieces() {
        try (Gpt2 model = randomModel(WeightFormat.F32);
                KeyValueCache whole = model.newCache();
                KeyValueCache pieces = model.newCache()) {
            int[] tokens = tokens(model, 300, 4);
            var batch = new ForwardBatch();
            batch.recordHiddenStates(true);
            batch.add(whole, tokens, 0, 300, 300);
            model.forward(batch);
            for (int i = 0; i < 300; i++) {
                var one = new ForwardBatch();
                one.recordHiddenStates(true);
                one.add(pieces, tokens, i, i + 1, 1);
                model.forward(one);
                assertThat(difference(batch.hiddenStates(i), one.hiddenStates(0)))
                        .isLessThan(EXACT);
            }
        }
    }

    /** Where a peer keeps intermediate results in the layers, two conversations overwrite each other's. */
    @Test
    void twoThreadsThatGenerateAtOnceGetWhatEachGetsAlone() throws Exception {
        try (Gpt2 model = TestModels.load("tiny-b/st-f32");
                var threads = Executors.newFixedThreadPool(2)) {
            int length = Math.min(60, model.config().positions());
            var start = new CyclicBarrier(2);
            var results = new ArrayList<Future<int[]>>();
            var expected = new ArrayList<int[]>();
            for (int thread = 0; thread < 2; thread++) {
                int[] prompt = tokens(model, 4, thread);
                int[] alone = TestModels.greedy(model, prompt, length);
                expected.add(alone);
                results.add(threads.submit(() -> {
                    start.await();
                    int[] last = {};
                    for (int i = 0; i < 20; i++) {
                        last = TestModels.greedy(model, prompt, length);
                        assertThat(last).isEqualTo(alone);
                    }
                    return last;
                }));
            }
            for (int thread = 0; thread < 2; thread++) {
                assertThat(results.get(thread).get()).isEqualTo(expected.get(thread));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(WeightFormat.class)
    @Tag("allocations")
    void aTokenAllocatesNothingOnceWarm(WeightFormat format) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Gpt2 model = randomModel(format);
                KeyValueCache cache = model.newCache()) {
            int[] tokens = tokens(model, 6, 5);
            read(model, cache, tokens, 0, 5, 1);
            var batch = new ForwardBatch();
            long least = Long.MAX_VALUE;
            // Interpreted vectors are objects; compiled ones are not. How soon all are compiled is up to the machine.
            long end = System.nanoTime() + TIME_TO_COMPILE.toNanos();
            while (least > 0 && System.nanoTime() - end < 0) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 100; i++) {
                    cache.truncate(5);
                    batch.clear();
                    batch.add(cache, tokens, 5, 6, 1);
                    model.forward(batch);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isZero();
        }
    }

    @Test
    void aTokenOutsideTheVocabularyIsRefusedAndTheCachesAreUnchanged() {
        try (Gpt2 model = randomModel(WeightFormat.F32);
                KeyValueCache good = model.newCache();
                KeyValueCache bad = model.newCache()) {
            long held = model.keyValueBytes();
            for (int wrong : new int[] {100, -1, Integer.MAX_VALUE}) {
                var batch = new ForwardBatch();
                batch.add(good, new int[] {1, 2}, 0, 2, 1);
                batch.add(bad, new int[] {1, wrong}, 0, 2, 1);
                assertThatThrownBy(() -> model.forward(batch))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("token " + wrong, "100");
                assertThat(good.length()).isZero();
                assertThat(bad.length()).isZero();
                assertThat(model.keyValueBytes()).isEqualTo(held);
            }
        }
    }

    /** Peers overwrite the context, or fail inside a kernel. */
    @Test
    void aPromptLongerThanTheContextIsRefusedWithBothNumbersAndTheCachesAreUnchanged() {
        try (Gpt2 model = randomModel(WeightFormat.F32);
                KeyValueCache other = model.newCache();
                KeyValueCache cache = model.newCache()) {
            int[] tokens = tokens(model, 701, 6);
            assertThatThrownBy(() -> read(model, cache, tokens, 0, 701, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("0 tokens", "701", "700 positions");
            assertThat(cache.length()).isZero();
            assertThat(model.keyValueBytes()).isZero();

            read(model, cache, tokens, 0, 700, 1);
            var batch = new ForwardBatch();
            batch.add(other, tokens, 0, 3, 1);
            batch.add(cache, tokens, 700, 701, 1);
            assertThatThrownBy(() -> model.forward(batch))
                    .hasMessageContainingAll("700 tokens", "1 more", "700 positions");
            assertThat(other.length()).isZero();
            assertThat(cache.length()).isEqualTo(700);
            cache.truncate(699);
            assertThat(difference(
                            read(model, cache, tokens, 699, 700, 1)[0], readFresh(model, Arrays.copyOf(tokens, 700))))
                    .isLessThan(EXACT);
        }
    }

    @Test
    void aBatchServesModelsOfDifferentVocabularies() {
        var options = TestModels.options(WeightFormat.F32);
        try (Gpt2 small = Gpt2Loader.random(Gpt2Config.of(50, 40, 32, 1, 2), options);
                Gpt2 large = Gpt2Loader.random(Gpt2Config.of(90, 40, 32, 1, 2), options)) {
            var batch = new ForwardBatch();
            for (Gpt2 model : new Gpt2[] {small, large, small}) {
                try (KeyValueCache cache = model.newCache()) {
                    batch.clear();
                    batch.add(cache, new int[] {1, 2, 3}, 0, 3, 1);
                    model.forward(batch);
                    assertThat(logits(model, batch)[0]).containsExactly(readFresh(model, new int[] {1, 2, 3}));
                }
            }
        }
    }

    @Test
    void segmentsWithoutTokensOrWithTooManyOutputsAreRefused() {
        try (Gpt2 model = randomModel(WeightFormat.F32);
                KeyValueCache cache = model.newCache()) {
            var batch = new ForwardBatch();
            assertThatThrownBy(() -> batch.add(cache, new int[3], 1, 1, 0)).hasMessageContaining("0 new tokens");
            assertThatThrownBy(() -> batch.add(cache, new int[3], 0, 3, 4))
                    .hasMessageContainingAll("3 new tokens", "4 outputs");
            assertThatThrownBy(() -> batch.copyLogits(0, new float[100])).isInstanceOf(IndexOutOfBoundsException.class);
            batch.add(cache, new int[3], 0, 3, 1);
            model.forward(batch);
            assertThatThrownBy(() -> batch.hiddenStates(0)).hasMessageContaining("not recorded");
        }
    }

    @Test
    void aClosedModelRefusesToReadAndMayBeClosedAgain() {
        Gpt2 model = randomModel(WeightFormat.F32);
        KeyValueCache cache = model.newCache();
        model.close();
        model.close();
        assertThatThrownBy(() -> read(model, cache, new int[] {1}, 0, 1, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the model is closed");
        cache.close();
    }
}
