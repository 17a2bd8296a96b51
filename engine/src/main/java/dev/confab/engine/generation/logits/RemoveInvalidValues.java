package dev.confab.engine.generation.logits;

/**
 * Replaces what is not a number by 0 and the infinities by the largest and smallest numbers; transformers'
 * {@code InfNanRemoveLogitsProcessor}.
 */
public final class RemoveInvalidValues implements LogitsProcessor {
    /** One without settings. */
    public RemoveInvalidValues() {}

    @Override
    public void process(int[] ids, int length, float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            float score = scores[i];
            scores[i] = Float.isNaN(score) ? 0 : Math.clamp(score, -Float.MAX_VALUE, Float.MAX_VALUE);
        }
    }
}
