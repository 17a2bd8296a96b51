package dev.confab.engine.generation.logits;

/**
 * Keeps the tokens whose surprise is closest to the expected one until their probabilities reach a mass; transformers'
 * {@code TypicalLogitsWarper} (Meister et al. 2022, "Locally Typical Sampling").
 *
 * <p>With {@code d = |-log p - entropy|} per token in ascending order, everything farther than the first token at which
 * the cumulative probability reaches the mass is removed; tokens at the same distance stay.
 */
public final class TypicalP implements LogitsProcessor {
    private final double mass;
    private final int minTokensToKeep;
    private final Ranking ranking = new Ranking();
    private float[] closeness = new float[0];

    /**
     * A limit on the probability mass of typical tokens.
     *
     * @param mass the mass to keep, above 0 and below 1
     * @param minTokensToKeep never keep fewer than these
     */
    public TypicalP(double mass, int minTokensToKeep) {
        this.mass = mass;
        this.minTokensToKeep = minTokensToKeep;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        float max = Scores.max(scores);
        double sum = Scores.sumOfExponentials(scores, max);
        double entropy = Scores.entropy(scores, max, sum);
        double logSum = Math.log(sum);
        if (closeness.length != scores.length) {
            closeness = new float[scores.length];
        }
        for (int i = 0; i < scores.length; i++) {
            double surprise = max + logSum - scores[i];
            closeness[i] = (float) -Math.abs(surprise - entropy);
        }
        ranking.rank(closeness);
        double cumulative = 0;
        float farthest = Float.NEGATIVE_INFINITY;
        for (int kept = 0; ranking.size() > 0 && (cumulative < mass || kept < minTokensToKeep); kept++) {
            int id = ranking.next();
            farthest = closeness[id];
            cumulative += Exponential.of(scores[id] - max) / sum;
        }
        for (int i = 0; i < scores.length; i++) {
            if (closeness[i] < farthest) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
