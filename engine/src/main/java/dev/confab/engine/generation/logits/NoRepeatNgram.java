package dev.confab.engine.generation.logits;

/**
 * Forbids every token that would repeat an n-gram of the sequence, prompt included; transformers'
 * {@code NoRepeatNGramLogitsProcessor}. With n = 1 no token occurs twice.
 */
public final class NoRepeatNgram implements LogitsProcessor {
    private final int size;

    /**
     * A length of n-grams.
     *
     * @param size at least 1
     */
    public NoRepeatNgram(int size) {
        this.size = size;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        banContinuations(ids, length, ids, length, size, scores);
    }

    /** Forbids what completes, after the last {@code size - 1} tokens of {@code ids}, an n-gram of {@code source}. */
    static void banContinuations(int[] source, int sourceLength, int[] ids, int length, int size, float[] scores) {
        int prefix = size - 1;
        if (length < prefix) {
            return;
        }
        for (int start = 0; start + prefix < sourceLength; start++) {
            int matched = 0;
            while (matched < prefix && source[start + matched] == ids[length - prefix + matched]) {
                matched++;
            }
            if (matched == prefix) {
                scores[source[start + prefix]] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
