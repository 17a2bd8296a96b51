package dev.confab.engine.generation;

import java.util.Arrays;

/** A prompt and the tokens that have been generated after it, with their log-probabilities if wanted. */
final class TokenSequence {
    private final int promptLength;
    private int[] ids;
    private int length;
    private float[] logProbabilities;

    /** A sequence that holds the prompt alone. */
    TokenSequence(int[] prompt) {
        this(Arrays.copyOf(prompt, prompt.length + 64), prompt.length, prompt.length, new float[0]);
    }

    private TokenSequence(int[] ids, int length, int promptLength, float[] logProbabilities) {
        this.ids = ids;
        this.length = length;
        this.promptLength = promptLength;
        this.logProbabilities = logProbabilities;
    }

    TokenSequence copy() {
        return new TokenSequence(ids.clone(), length, promptLength, logProbabilities.clone());
    }

    void add(int token) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = token;
    }

    /** Notes the log-probability of the token that was added last. */
    void addLogProbability(float logProbability) {
        int index = generatedLength() - 1;
        if (logProbabilities.length <= index) {
            logProbabilities = Arrays.copyOf(logProbabilities, Math.max(16, 2 * logProbabilities.length));
        }
        logProbabilities[index] = logProbability;
    }

    /** Takes back all but the first tokens. */
    void truncate(int newLength) {
        length = newLength;
    }

    /** The tokens; only the first {@link #length} entries count, and the array changes when the sequence grows. */
    int[] ids() {
        return ids;
    }

    int length() {
        return length;
    }

    int generatedLength() {
        return length - promptLength;
    }

    int generated(int index) {
        return ids[promptLength + index];
    }

    int last() {
        return ids[length - 1];
    }

    /** The same tokens, the prompt's aside, for the caller. */
    GeneratedSequence result(FinishReason reason, double score) {
        float[] kept =
                logProbabilities.length == 0 ? logProbabilities : Arrays.copyOf(logProbabilities, generatedLength());
        return new GeneratedSequence(Arrays.copyOfRange(ids, promptLength, length), reason, score, kept);
    }
}
