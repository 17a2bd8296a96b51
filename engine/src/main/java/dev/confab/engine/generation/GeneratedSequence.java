package dev.confab.engine.generation;

import java.util.Arrays;

/** One reply to a prompt. Immutable. */
public final class GeneratedSequence {
    private final int[] tokens;
    private final FinishReason finishReason;
    private final double score;
    private final float[] logProbabilities;

    GeneratedSequence(int[] tokens, FinishReason finishReason, double score, float[] logProbabilities) {
        this.tokens = tokens;
        this.finishReason = finishReason;
        this.score = score;
        this.logProbabilities = logProbabilities;
    }

    /** The generated tokens without the prompt, an end-of-sequence token included; never padded. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** How many tokens were generated. */
    public int length() {
        return tokens.length;
    }

    /** Why it ended. */
    public FinishReason finishReason() {
        return finishReason;
    }

    /**
     * What the search ranks by: with beams transformers' {@code sequences_scores}, the sum of the processed
     * log-probabilities divided by a power of the length; otherwise not a number.
     */
    public double score() {
        return score;
    }

    /**
     * The model's own log-probability of each token, before any processor; empty without {@code output_scores}.
     */
    public float[] logProbabilities() {
        return logProbabilities.clone();
    }

    @Override
    public String toString() {
        return Arrays.toString(tokens) + " " + finishReason;
    }
}
