package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.Exponential;
import dev.confab.engine.generation.logits.Scores;

/** Chooses the next token from processed scores; belongs to one sequence. */
sealed interface TokenChooser {
    /** The next token. */
    int choose(float[] scores);

    /** Called instead of {@link #choose} for a sequence that has ended while others of its prompt have not. */
    void skip();

    /** The best token. */
    final class Greedy implements TokenChooser {
        @Override
        public int choose(float[] scores) {
            return Scores.argmax(scores);
        }

        @Override
        public void skip() {
            // Nothing is drawn.
        }
    }

    /**
     * A token drawn from the softmax of the scores: the first id, in ascending order, at which the cumulative
     * probability exceeds a uniform random number. Sums are kept in double precision.
     */
    final class Sampling implements TokenChooser {
        private final UniformSource uniforms;

        Sampling(UniformSource uniforms) {
            this.uniforms = uniforms;
        }

        @Override
        public int choose(float[] scores) {
            return choose(scores, uniforms.next());
        }

        /** The token that a given random number selects. */
        static int choose(float[] scores, double uniform) {
            float max = Scores.max(scores);
            double target = uniform * Scores.sumOfExponentials(scores, max);
            double cumulative = 0;
            int last = 0;
            for (int id = 0; id < scores.length; id++) {
                if (scores[id] > Float.NEGATIVE_INFINITY) {
                    cumulative += Exponential.of(scores[id] - max);
                    last = id;
                    if (cumulative > target) {
                        return id;
                    }
                }
            }
            return last;
        }

        @Override
        public void skip() {
            uniforms.next();
        }
    }
}
