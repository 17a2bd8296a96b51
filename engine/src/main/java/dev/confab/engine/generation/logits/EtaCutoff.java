package dev.confab.engine.generation.logits;

/**
 * Removes tokens with a probability below a limit that falls with the entropy of the distribution; transformers'
 * {@code EtaLogitsWarper} (Hewitt et al. 2022, "Truncation Sampling as Language Model Desmoothing").
 *
 * <p>The limit is {@code min(epsilon, sqrt(epsilon) * exp(-entropy))}.
 */
public final class EtaCutoff implements LogitsProcessor {
    private final double epsilon;
    private final ProbabilityFloor floor;

    /**
     * A lowest probability that depends on the entropy.
     *
     * @param epsilon above 0 and below 1
     * @param minTokensToKeep never keep fewer than these
     */
    public EtaCutoff(double epsilon, int minTokensToKeep) {
        this.epsilon = epsilon;
        this.floor = new ProbabilityFloor(minTokensToKeep);
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        float max = Scores.max(scores);
        double sum = Scores.sumOfExponentials(scores, max);
        double eta = Math.min(epsilon, Math.sqrt(epsilon) * Math.exp(-Scores.entropy(scores, max, sum)));
        floor.apply(scores, max, sum, eta);
    }
}
