package dev.confab.engine.generation.logits;

/**
 * Forbids the end of the sequence before so many tokens follow the prompt; transformers'
 * {@code MinNewTokensLengthLogitsProcessor}.
 */
public final class MinNewTokens implements LogitsProcessor {
    private final MinLength minLength;

    /**
     * A shortest reply.
     *
     * @param promptLength tokens of the prompt
     * @param minNewTokens tokens after it
     * @param eosTokenIds the end-of-sequence tokens
     */
    public MinNewTokens(int promptLength, int minNewTokens, int[] eosTokenIds) {
        this.minLength = new MinLength(promptLength + minNewTokens, eosTokenIds);
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        minLength.process(ids, length, scores);
    }
}
