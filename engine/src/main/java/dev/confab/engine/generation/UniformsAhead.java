package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.Scores;
import org.jspecify.annotations.Nullable;

/**
 * The random numbers of a sampled reply, some of which a drafter may see before the model draws with them; or none at
 * all for a greedy reply.
 */
final class UniformsAhead {
    private final @Nullable UniformSource source;
    private final double[] ahead;

    /**
     * Numbers of a source.
     *
     * @param source null to choose greedily
     * @param count how many a drafter may see
     */
    UniformsAhead(@Nullable UniformSource source, int count) {
        this.source = source;
        this.ahead = new double[source == null ? 0 : count];
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = source == null ? 0 : source.next();
        }
    }

    /** The numbers that the next tokens will be drawn with; empty for a greedy reply. */
    double[] ahead() {
        return ahead;
    }

    /** Chooses a token, with the next number if there is one. */
    int choose(float[] scores) {
        if (source == null) {
            return Scores.argmax(scores);
        }
        double uniform = ahead[0];
        System.arraycopy(ahead, 1, ahead, 0, ahead.length - 1);
        ahead[ahead.length - 1] = source.next();
        return TokenChooser.Sampling.choose(scores, uniform);
    }
}
