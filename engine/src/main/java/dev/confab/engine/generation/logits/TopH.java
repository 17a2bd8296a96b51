package dev.confab.engine.generation.logits;

/**
 * Keeps the most probable tokens until their share of the entropy is used up; {@code TopHLogitsWarper} of transformers
 * 4.57 and later (4.45.1 has none).
 *
 * <p>Among the 100 best tokens, renormalised, a token stays while the cumulative {@code -p log p} in descending order
 * is at most {@code topH} times the entropy of those 100; the best one always stays.
 */
public final class TopH implements LogitsProcessor {
    private static final int CONSIDERED = 100;

    private final double topH;
    private final Ranking ranking = new Ranking();
    private final int[] best = new int[CONSIDERED];

    /**
     * A limit on the entropy.
     *
     * @param topH the share of the entropy, above 0 and at most 1
     */
    public TopH(double topH) {
        this.topH = topH;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        ranking.rank(scores);
        int count = 0;
        while (count < CONSIDERED && ranking.size() > 0) {
            best[count++] = ranking.next();
        }
        if (count == 0) {
            return;
        }
        ranking.excludeRest(scores);
        float max = scores[best[0]];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(scores[best[i]] - max);
        }
        double limit = 0;
        for (int i = 0; i < count; i++) {
            limit += entropyTerm(scores[best[i]] - max, sum);
        }
        limit *= topH;
        double cumulative = 0;
        for (int i = 0; i < count; i++) {
            cumulative += entropyTerm(scores[best[i]] - max, sum);
            if (i > 0 && cumulative > limit) {
                scores[best[i]] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private static double entropyTerm(float shifted, double sum) {
        double probability = Math.exp(shifted) / sum;
        return probability == 0 ? 0 : -probability * Math.log(probability);
    }
}
