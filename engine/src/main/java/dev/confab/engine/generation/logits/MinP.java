package dev.confab.engine.generation.logits;

/** Removes tokens less probable than a share of the most probable one; transformers' {@code MinPLogitsWarper}. */
public final class MinP implements LogitsProcessor {
    private final double logMinP;
    private final int minTokensToKeep;
    private float[] heap = new float[0];

    /**
     * A limit relative to the most probable token.
     *
     * @param minP the share, from 0 to 1
     * @param minTokensToKeep never keep fewer than these
     */
    public MinP(double minP, int minTokensToKeep) {
        this.logMinP = Math.log(minP);
        this.minTokensToKeep = minTokensToKeep;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        int rank = Math.min(minTokensToKeep, scores.length);
        if (heap.length < rank) {
            heap = new float[rank];
        }
        float always = Scores.ranked(scores, rank, heap);
        // A ratio of probabilities is a difference of scores, so no softmax is needed.
        double threshold = Math.min(Scores.max(scores) + logMinP, always);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < threshold) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
