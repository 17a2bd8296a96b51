package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.Scores;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of a reply that is drafted: greedily, or with random numbers that a draft may draw with first. A
 * number is taken from its source only when somebody needs it.
 */
final class DraftedChoice {
    private final @Nullable UniformSource source;
    private final double[] ahead;
    private int count;

    /**
     * A way to choose.
     *
     * @param source null to choose greedily
     * @param limit how many tokens may be drafted at a time
     */
    DraftedChoice(@Nullable UniformSource source, int limit) {
        this.source = source;
        this.ahead = new double[limit];
    }

    /** The token that the draft expects in the given place, counted from the next token. */
    int chooseAhead(float[] scores, int place) {
        if (source == null) {
            return Scores.argmax(scores);
        }
        while (count <= place) {
            ahead[count++] = source.next();
        }
        return TokenChooser.Sampling.choose(scores, ahead[place]);
    }

    /** The next token. */
    int choose(float[] scores) {
        if (source == null) {
            return Scores.argmax(scores);
        }
        if (count == 0) {
            return TokenChooser.Sampling.choose(scores, source.next());
        }
        double uniform = ahead[0];
        System.arraycopy(ahead, 1, ahead, 0, --count);
        return TokenChooser.Sampling.choose(scores, uniform);
    }
}
