package dev.confab.engine.generation.logits;

/** Removes tokens below a probability, but never the best few. */
final class ProbabilityFloor {
    private final int minTokensToKeep;
    private float[] heap = new float[0];

    ProbabilityFloor(int minTokensToKeep) {
        this.minTokensToKeep = minTokensToKeep;
    }

    void apply(float[] scores, float max, double sum, double lowestProbability) {
        int rank = Math.min(minTokensToKeep, scores.length);
        if (heap.length < rank) {
            heap = new float[rank];
        }
        double threshold =
                Math.min(max + Math.log(sum) + Math.log(lowestProbability), Scores.ranked(scores, rank, heap));
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < threshold) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
