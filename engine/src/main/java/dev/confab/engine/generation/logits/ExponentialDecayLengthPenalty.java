package dev.confab.engine.generation.logits;

/**
 * Makes the end of the sequence ever more likely after a number of new tokens; transformers'
 * {@code ExponentialDecayLengthPenalty}: the end's score grows by {@code |score| * (factor^steps - 1)}.
 */
public final class ExponentialDecayLengthPenalty implements LogitsProcessor {
    private final int start;
    private final double factor;
    private final int[] eosTokenIds;

    /**
     * A growing preference for the end.
     *
     * @param promptLength tokens of the prompt
     * @param start after how many new tokens it begins
     * @param factor above 1 to shorten replies
     * @param eosTokenIds the end-of-sequence tokens
     */
    public ExponentialDecayLengthPenalty(int promptLength, int start, double factor, int[] eosTokenIds) {
        this.start = promptLength + start;
        this.factor = factor;
        this.eosTokenIds = eosTokenIds.clone();
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        if (length > start) {
            float growth = (float) (Math.pow(factor, length - start) - 1);
            for (int id : eosTokenIds) {
                if (id >= 0 && id < scores.length) {
                    scores[id] += Math.abs(scores[id]) * growth;
                }
            }
        }
    }
}
