package dev.confab.engine.generation.logits;

/** Arithmetic on an array with one score per token; sums are kept in double precision. */
public final class Scores {
    private Scores() {}

    /** The index of the highest score, the lowest index among equals; 0 if every score is minus infinity. */
    public static int argmax(float[] scores) {
        int best = 0;
        for (int i = 1; i < scores.length; i++) {
            if (scores[i] > scores[best]) {
                best = i;
            }
        }
        return best;
    }

    /** The highest score. */
    public static float max(float[] scores) {
        float max = Float.NEGATIVE_INFINITY;
        for (float score : scores) {
            max = Math.max(max, score);
        }
        return max;
    }

    /** The sum of {@code exp(score - max)}, where {@code max} is the highest score: the softmax's denominator. */
    public static double sumOfExponentials(float[] scores, float max) {
        double sum = 0;
        for (float score : scores) {
            // After a filter most tokens are excluded, and comparing is cheaper than an exponential.
            if (score > Float.NEGATIVE_INFINITY) {
                sum += Exponential.of(score - max);
            }
        }
        return sum;
    }

    /** The logarithm of the sum of the exponentials, which turns a logit into a log-probability by subtraction. */
    public static double logSumExp(float[] scores) {
        float max = max(scores);
        return max + Math.log(sumOfExponentials(scores, max));
    }

    /** Replaces logits by log-probabilities. */
    public static void logSoftmax(float[] scores) {
        float max = max(scores);
        float logSum = (float) Math.log(sumOfExponentials(scores, max));
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scores[i] - max - logSum;
        }
    }

    /** The entropy in nats of the distribution that the softmax of the scores gives. */
    static double entropy(float[] scores, float max, double sum) {
        double logSum = Math.log(sum);
        double entropy = 0;
        for (float score : scores) {
            double logProbability = score - max - logSum;
            double probability = Exponential.of(logProbability);
            if (probability > 0) {
                entropy -= probability * logProbability;
            }
        }
        return entropy;
    }

    /**
     * The score of the given rank.
     *
     * @param rank 1 for the highest score, at most {@code scores.length}
     * @param heap scratch of at least {@code rank} entries
     */
    static float ranked(float[] scores, int rank, float[] heap) {
        System.arraycopy(scores, 0, heap, 0, rank);
        for (int i = rank / 2 - 1; i >= 0; i--) {
            siftDown(heap, i, rank);
        }
        for (int i = rank; i < scores.length; i++) {
            if (scores[i] > heap[0]) {
                heap[0] = scores[i];
                siftDown(heap, 0, rank);
            }
        }
        return heap[0];
    }

    /** Restores the order of a heap whose smallest entry is at 0 after the entry at {@code root} has changed. */
    private static void siftDown(float[] heap, int root, int size) {
        float value = heap[root];
        int hole = root;
        for (int child; (child = 2 * hole + 1) < size; hole = child) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[hole] = heap[child];
        }
        heap[hole] = value;
    }
}
