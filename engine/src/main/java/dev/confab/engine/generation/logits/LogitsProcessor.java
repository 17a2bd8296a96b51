package dev.confab.engine.generation.logits;

/**
 * One rule about the next token: it changes the scores of the vocabulary in place.
 *
 * <p>A token whose score is minus infinity cannot be chosen. Implementations are called once per step and sequence,
 * by one thread at a time, and should not allocate.
 */
@FunctionalInterface
public interface LogitsProcessor {
    /**
     * Changes the scores of the next token.
     *
     * @param ids the sequence so far, prompt included; only the first {@code length} entries count
     * @param length how many tokens the sequence has
     * @param scores a score for each token of the vocabulary, changed in place
     */
    void process(int[] ids, int length, float[] scores);
}
