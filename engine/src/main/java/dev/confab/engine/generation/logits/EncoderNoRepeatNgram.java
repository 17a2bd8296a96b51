package dev.confab.engine.generation.logits;

/** Forbids every token that would repeat an n-gram of the prompt; {@code EncoderNoRepeatNGramLogitsProcessor}. */
public final class EncoderNoRepeatNgram implements LogitsProcessor {
    private final int size;
    private final int[] prompt;

    /**
     * A length of n-grams.
     *
     * @param size at least 1
     * @param prompt the prompt's tokens
     */
    public EncoderNoRepeatNgram(int size, int[] prompt) {
        this.size = size;
        this.prompt = prompt.clone();
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        NoRepeatNgram.banContinuations(prompt, prompt.length, ids, length, size, scores);
    }
}
