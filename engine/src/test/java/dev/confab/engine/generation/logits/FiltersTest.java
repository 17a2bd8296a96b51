package dev.confab.engine.generation.logits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The filters over a vocabulary of GPT-2's size, against plain sorting. */
final class FiltersTest {
    private static final int VOCABULARY = 50_257;
    private static final int[] NO_IDS = {};
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(3);

    @Test
    void topKKeepsWhatSortingKeeps() {
        for (int k : new int[] {1, 2, 50, 1000, VOCABULARY, VOCABULARY + 5}) {
            float[] scores = randomScores();
            float[] sorted = scores.clone();
            Arrays.sort(sorted);
            float threshold = sorted[Math.max(0, VOCABULARY - k)];
            float[] expected = scores.clone();
            for (int i = 0; i < VOCABULARY; i++) {
                expected[i] = scores[i] >= threshold ? scores[i] : Float.NEGATIVE_INFINITY;
            }
            new TopK(k, 1).process(NO_IDS, 0, scores);
            assertThat(scores).isEqualTo(expected);
        }
    }

    @Test
    void topPKeepsTheFewestBestTokensThatHoldTheMass() {
        for (double p : new double[] {0.0, 0.1, 0.5, 0.9, 0.999}) {
            float[] scores = randomScores();
            float[] before = scores.clone();
            new TopP(p, 1).process(NO_IDS, 0, scores);
            float[] sorted = before.clone();
            Arrays.sort(sorted);
            float max = sorted[VOCABULARY - 1];
            double sum = Scores.sumOfExponentials(before, max);
            double mass = 0;
            int kept = 0;
            while (kept == 0 || mass < p) {
                mass += Math.exp(sorted[VOCABULARY - 1 - kept++] - max) / sum;
            }
            assertThat(finite(scores)).as("top_p %s", p).isEqualTo(kept);
            assertThat(Scores.argmax(scores)).isEqualTo(Scores.argmax(before));
        }
    }

    @Test
    void filtersKeepWhatEarlierOnesExcludedOut() {
        float[] scores = randomScores();
        new TopK(5, 1).process(NO_IDS, 0, scores);
        new TopP(0.99, 1).process(NO_IDS, 0, scores);
        new TypicalP(0.99, 1).process(NO_IDS, 0, scores);
        new MinP(0.01, 1).process(NO_IDS, 0, scores);
        new EtaCutoff(0.01, 1).process(NO_IDS, 0, scores);
        new TopH(0.9).process(NO_IDS, 0, scores);
        assertThat(finite(scores)).isBetween(1, 5);
    }

    @Test
    void topHKeepsTheBestTokensWhoseEntropyIsWithinTheShare() {
        // Probabilities 1/2, 1/4, 1/8, 1/8: -p ln p = 0.347, 0.347, 0.26, 0.26, in all 1.213.
        float ln2 = (float) Math.log(2);
        assertThat(keptByTopH(0.2, 0, -ln2, -2 * ln2, -2 * ln2)).isEqualTo(1);
        assertThat(keptByTopH(0.5, 0, -ln2, -2 * ln2, -2 * ln2)).isEqualTo(1);
        assertThat(keptByTopH(0.6, 0, -ln2, -2 * ln2, -2 * ln2)).isEqualTo(2);
        assertThat(keptByTopH(0.8, 0, -ln2, -2 * ln2, -2 * ln2)).isEqualTo(3);
    }

    @Test
    void topHLooksAtTheBestHundredOnly() {
        float[] scores = new float[300];
        new TopH(1).process(NO_IDS, 0, scores);
        assertThat(finite(scores)).isBetween(99, 100);
    }

    @Test
    void onlyAllowedTokensStay() {
        float[] scores = {1, 2, 3, 4};
        var allowed = new PrefixAllowedTokens(ids -> new int[] {ids[ids.length - 1], 3});
        allowed.process(new int[] {2, 1, 0}, 2, scores);
        assertThat(scores).containsExactly(Float.NEGATIVE_INFINITY, 2, Float.NEGATIVE_INFINITY, 4);
    }

    private static int keptByTopH(double topH, float... scores) {
        new TopH(topH).process(NO_IDS, 0, scores);
        return finite(scores);
    }

    private float[] randomScores() {
        float[] scores = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            scores[i] = (float) random.nextGaussian(-5, 4);
        }
        return scores;
    }

    private static int finite(float[] scores) {
        int count = 0;
        for (float score : scores) {
            count += score > Float.NEGATIVE_INFINITY ? 1 : 0;
        }
        return count;
    }
}
