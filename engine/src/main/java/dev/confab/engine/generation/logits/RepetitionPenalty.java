package dev.confab.engine.generation.logits;

import java.util.BitSet;

/**
 * Penalises every token that the sequence already holds, the prompt and its separators included, once however often it
 * occurs; transformers' {@code RepetitionPenaltyLogitsProcessor}.
 *
 * <p>A negative score is multiplied by the penalty, another one divided by it.
 */
public final class RepetitionPenalty implements LogitsProcessor {
    private final float penalty;
    private final BitSet seen = new BitSet();

    /**
     * A penalty.
     *
     * @param penalty above 0; above 1 discourages repetition, below 1 encourages it
     */
    public RepetitionPenalty(double penalty) {
        this.penalty = (float) penalty;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        seen.clear();
        for (int i = 0; i < length; i++) {
            int id = ids[i];
            if (!seen.get(id)) {
                seen.set(id);
                scores[id] = scores[id] < 0 ? scores[id] * penalty : scores[id] / penalty;
            }
        }
    }
}
