package dev.confab.engine.generation.logits;

/** Removes tokens with a probability below epsilon; transformers' {@code EpsilonLogitsWarper}. */
public final class EpsilonCutoff implements LogitsProcessor {
    private final double epsilon;
    private final ProbabilityFloor floor;

    /**
     * A lowest probability.
     *
     * @param epsilon the lowest probability, above 0 and below 1
     * @param minTokensToKeep never keep fewer than these
     */
    public EpsilonCutoff(double epsilon, int minTokensToKeep) {
        this.epsilon = epsilon;
        this.floor = new ProbabilityFloor(minTokensToKeep);
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        float max = Scores.max(scores);
        floor.apply(scores, max, Scores.sumOfExponentials(scores, max), epsilon);
    }
}
