package dev.confab.engine.generation.logits;

/**
 * Favours (above 1) or penalises (below 1) the tokens of the prompt; transformers'
 * {@code EncoderRepetitionPenaltyLogitsProcessor}: the inverse of the repetition penalty, for the prompt alone.
 */
public final class EncoderRepetitionPenalty implements LogitsProcessor {
    private final RepetitionPenalty inverse;
    private final int[] prompt;

    /**
     * A preference for the prompt's tokens.
     *
     * @param penalty above 0
     * @param prompt the prompt's tokens
     */
    public EncoderRepetitionPenalty(double penalty, int[] prompt) {
        this.inverse = new RepetitionPenalty(1 / penalty);
        this.prompt = prompt.clone();
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        inverse.process(prompt, prompt.length, scores);
    }
}
