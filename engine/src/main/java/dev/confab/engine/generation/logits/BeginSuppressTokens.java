package dev.confab.engine.generation.logits;

/** Forbids tokens as the first of the reply; transformers' {@code SuppressTokensAtBeginLogitsProcessor}. */
public final class BeginSuppressTokens implements LogitsProcessor {
    private final SuppressTokens suppress;
    private final int beginIndex;

    /**
     * Tokens that the reply may not begin with.
     *
     * @param tokens ids
     * @param beginIndex the length of the sequence at which they are forbidden
     */
    public BeginSuppressTokens(int[] tokens, int beginIndex) {
        this.suppress = new SuppressTokens(tokens);
        this.beginIndex = beginIndex;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        if (length == beginIndex) {
            suppress.process(ids, length, scores);
        }
    }
}
