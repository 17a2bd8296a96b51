package dev.confab.engine.generation.logits;

/**
 * Penalises what earlier groups of beams have chosen in this step; transformers'
 * {@code HammingDiversityLogitsProcessor} (Vijayakumar et al. 2016, "Diverse Beam Search").
 *
 * <p>The penalty is subtracted once for each beam of an earlier group that took the token. The search tells what was
 * taken with {@link #begin} and {@link #chose}.
 */
public final class HammingDiversity implements LogitsProcessor {
    private final float penalty;
    private final int[] chosen;
    private int count;

    /**
     * A penalty for what others chose.
     *
     * @param penalty above 0
     * @param numBeams how many beams there are in all groups together
     */
    public HammingDiversity(double penalty, int numBeams) {
        this.penalty = (float) penalty;
        this.chosen = new int[numBeams];
    }

    /** Starts a step: nothing has been chosen yet. */
    public void begin() {
        count = 0;
    }

    /** Notes that a beam of the group that has just been searched goes on with this token. */
    public void chose(int token) {
        chosen[count++] = token;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        for (int i = 0; i < count; i++) {
            scores[chosen[i]] -= penalty;
        }
    }
}
