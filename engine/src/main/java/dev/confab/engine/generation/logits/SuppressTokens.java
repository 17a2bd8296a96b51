package dev.confab.engine.generation.logits;

/** Forbids tokens everywhere; transformers' {@code SuppressTokensLogitsProcessor}. */
public final class SuppressTokens implements LogitsProcessor {
    private final int[] tokens;

    /**
     * Forbidden tokens.
     *
     * @param tokens ids; those outside the vocabulary are ignored
     */
    public SuppressTokens(int[] tokens) {
        this.tokens = tokens.clone();
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        for (int id : tokens) {
            if (id >= 0 && id < scores.length) {
                scores[id] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
