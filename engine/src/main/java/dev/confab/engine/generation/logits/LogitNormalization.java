package dev.confab.engine.generation.logits;

/** Turns scores into log-probabilities after all other processors; transformers' {@code LogitNormalization}. */
public final class LogitNormalization implements LogitsProcessor {
    /** One without settings. */
    public LogitNormalization() {}

    @Override
    public void process(int[] ids, int length, float[] scores) {
        Scores.logSoftmax(scores);
    }
}
