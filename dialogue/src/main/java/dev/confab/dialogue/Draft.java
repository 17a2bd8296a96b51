package dev.confab.dialogue;

import dev.confab.engine.generation.FinishReason;
import dev.confab.engine.generation.GeneratedSequence;
import java.util.stream.IntStream;

/** A reply that the model made and nobody has judged yet. Immutable. */
final class Draft {
    private final String text;
    private final int[] tokens;
    private final FinishReason finishReason;
    private final double meanLogProbability;

    Draft(String text, GeneratedSequence sequence, FinishReason finishReason) {
        this.text = text;
        tokens = sequence.tokens();
        this.finishReason = finishReason;
        float[] logProbabilities = sequence.logProbabilities();
        meanLogProbability = IntStream.range(0, logProbabilities.length)
                .mapToDouble(i -> logProbabilities[i])
                .average()
                .orElse(Double.NaN);
    }

    String text() {
        return text;
    }

    /** All tokens that were generated; not to be changed. */
    int[] tokens() {
        return tokens;
    }

    FinishReason finishReason() {
        return finishReason;
    }

    /** Of its tokens, each given those before it; not a number if it was not asked for. */
    double meanLogProbability() {
        return meanLogProbability;
    }
}
