package dev.confab.engine.generation.logits;

/**
 * Keeps the most probable tokens until their probabilities reach p; transformers' {@code TopPLogitsWarper}.
 *
 * <p>The reference sorts ascending and removes tokens while the cumulative probability is at most 1 - p; read from the
 * other end, a token stays as long as those before it in descending order hold less than p. Only the tokens that stay
 * are put in order.
 */
public final class TopP implements LogitsProcessor {
    private final double topP;
    private final int minTokensToKeep;
    private final Ranking ranking = new Ranking();

    /**
     * A limit on the probability mass.
     *
     * @param topP the mass to keep, from 0 to 1; at 1 every token stays
     * @param minTokensToKeep never keep fewer than these
     */
    public TopP(double topP, int minTokensToKeep) {
        this.topP = topP;
        this.minTokensToKeep = minTokensToKeep;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        if (topP >= 1) {
            return;
        }
        float max = Scores.max(scores);
        double sum = Scores.sumOfExponentials(scores, max);
        // All tokens below this share of the rest together hold less than 1 - p, so none of them can stay.
        double floor = max + Math.log(sum) + Math.log((1 - topP) / scores.length);
        ranking.rank(scores, floor);
        if (ranking.size() < minTokensToKeep) {
            floor = Double.NEGATIVE_INFINITY;
            ranking.rank(scores);
        }
        double mass = 0;
        for (int kept = 0; ranking.size() > 0 && (mass < topP || kept < minTokensToKeep); kept++) {
            mass += Exponential.of(scores[ranking.next()] - max) / sum;
        }
        ranking.excludeRest(scores);
        for (int id = 0; id < scores.length; id++) {
            if (scores[id] <= floor) {
                scores[id] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
