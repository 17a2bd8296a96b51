package dev.confab.engine.generation.logits;

/** Forbids the end of the sequence before it has a length, prompt included; {@code MinLengthLogitsProcessor}. */
public final class MinLength implements LogitsProcessor {
    private final int minLength;
    private final SuppressTokens suppressEnd;

    /**
     * A shortest length.
     *
     * @param minLength tokens, prompt included
     * @param eosTokenIds the end-of-sequence tokens
     */
    public MinLength(int minLength, int[] eosTokenIds) {
        this.minLength = minLength;
        this.suppressEnd = new SuppressTokens(eosTokenIds);
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        if (length < minLength) {
            suppressEnd.process(ids, length, scores);
        }
    }
}
