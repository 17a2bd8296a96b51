package dev.confab.engine.generation.logits;

import java.util.Arrays;

/** Forces an end-of-sequence token in the last place; transformers' {@code ForcedEOSTokenLogitsProcessor}. */
public final class ForcedEosToken implements LogitsProcessor {
    private final int maxLength;
    private final int[] eosTokenIds;

    /**
     * The tokens that may stand in the last place.
     *
     * @param maxLength the greatest length, prompt included
     * @param eosTokenIds ids of the vocabulary, all equally likely then
     */
    public ForcedEosToken(int maxLength, int[] eosTokenIds) {
        this.maxLength = maxLength;
        this.eosTokenIds = eosTokenIds.clone();
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        if (length == maxLength - 1) {
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            for (int id : eosTokenIds) {
                scores[id] = 0;
            }
        }
    }
}
