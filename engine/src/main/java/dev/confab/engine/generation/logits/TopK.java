package dev.confab.engine.generation.logits;

/**
 * Keeps the tokens whose score is at least the k-th highest; transformers' {@code TopKLogitsWarper}.
 *
 * <p>Tokens that tie with the k-th are all kept, so more than k may stay. The k-th score is found with a heap of k
 * entries, without sorting the vocabulary.
 */
public final class TopK implements LogitsProcessor {
    private final int k;
    private float[] heap = new float[0];

    /**
     * A limit on the number of tokens.
     *
     * @param topK how many tokens to keep, at least 1
     * @param minTokensToKeep never keep fewer than these
     */
    public TopK(int topK, int minTokensToKeep) {
        this.k = Math.max(topK, minTokensToKeep);
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        int rank = Math.min(k, scores.length);
        if (heap.length < rank) {
            heap = new float[rank];
        }
        float threshold = Scores.ranked(scores, rank, heap);
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < threshold) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
