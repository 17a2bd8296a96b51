package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.Exponential;
import dev.confab.engine.generation.logits.Scores;

/** Selects the continuations of a group of beams that are considered in a step. */
sealed interface ContinuationSelector {
    /** Starts a step. */
    void begin();

    /**
     * Takes the continuations of a beam.
     *
     * @param beam its place in the group
     * @param tokenScores the processed log-probability of each token; not kept
     * @param beamScore the beam's own score
     */
    void offer(int beam, float[] tokenScores, float beamScore);

    /** The selected continuations, the best first. */
    Candidates select();

    /** The best ones, as beam search takes them. */
    final class Best implements ContinuationSelector {
        private final Candidates candidates;

        Best(int count) {
            candidates = new Candidates(count);
        }

        @Override
        public void begin() {
            candidates.clear();
        }

        @Override
        public void offer(int beam, float[] tokenScores, float beamScore) {
            candidates.offer(beam, tokenScores, beamScore);
        }

        @Override
        public Candidates select() {
            return candidates;
        }
    }

    /**
     * Drawn ones, as beam sampling takes them: without replacement from the softmax over all continuations of all beams,
     * one uniform random number each, in the order of beams and tokens; then ranked by score.
     */
    final class Drawn implements ContinuationSelector {
        private final Candidates candidates;
        private final UniformSource uniforms;
        private final float[][] scores;
        private final double[][] weights;
        private final int count;

        Drawn(int count, int beams, int vocabularySize, UniformSource uniforms) {
            this.count = count;
            this.candidates = new Candidates(count);
            this.scores = new float[beams][vocabularySize];
            this.weights = new double[beams][vocabularySize];
            this.uniforms = uniforms;
        }

        @Override
        public void begin() {
            candidates.clear();
        }

        @Override
        public void offer(int beam, float[] tokenScores, float beamScore) {
            for (int token = 0; token < tokenScores.length; token++) {
                scores[beam][token] = tokenScores[token] + beamScore;
            }
        }

        @Override
        public Candidates select() {
            double remaining = weigh();
            for (int i = 0; i < count; i++) {
                remaining -= draw(uniforms.next() * remaining);
            }
            return candidates;
        }

        /** Fills the weights, which are in proportion to the probabilities, and gives their sum. */
        private double weigh() {
            float max = Float.NEGATIVE_INFINITY;
            for (float[] row : scores) {
                max = Math.max(max, Scores.max(row));
            }
            double sum = 0;
            for (int beam = 0; beam < scores.length; beam++) {
                for (int token = 0; token < scores[beam].length; token++) {
                    float score = scores[beam][token];
                    double weight = score > Float.NEGATIVE_INFINITY ? Exponential.of(score - max) : 0;
                    weights[beam][token] = weight;
                    sum += weight;
                }
            }
            return sum;
        }

        /** Takes the continuation at which the cumulative weight exceeds the target, and gives its weight. */
        private double draw(double target) {
            double cumulative = 0;
            int lastBeam = -1;
            int lastToken = -1;
            for (int beam = 0; beam < weights.length; beam++) {
                for (int token = 0; token < weights[beam].length; token++) {
                    if (weights[beam][token] > 0) {
                        cumulative += weights[beam][token];
                        lastBeam = beam;
                        lastToken = token;
                        if (cumulative > target) {
                            return take(beam, token);
                        }
                    }
                }
            }
            return lastBeam >= 0 ? take(lastBeam, lastToken) : takeBestWithoutWeight();
        }

        /** When fewer continuations are possible than are needed, the best impossible ones fill the places. */
        private double takeBestWithoutWeight() {
            int bestBeam = 0;
            int bestToken = 0;
            for (int beam = 0; beam < scores.length; beam++) {
                int token = Scores.argmax(scores[beam]);
                if (scores[beam][token] > scores[bestBeam][bestToken]) {
                    bestBeam = beam;
                    bestToken = token;
                }
            }
            return take(bestBeam, bestToken);
        }

        private double take(int beam, int token) {
            double weight = weights[beam][token];
            candidates.insert(beam, token, scores[beam][token]);
            scores[beam][token] = Float.NEGATIVE_INFINITY;
            weights[beam][token] = 0;
            return weight;
        }
    }
}
