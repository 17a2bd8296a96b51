package dev.confab.engine.generation;

/**
 * The best continuations of a number of beams, the best first, found without sorting the vocabulary.
 *
 * <p>Among equals the one that was offered first comes first: the lower beam, then the lower token.
 */
final class Candidates {
    private final float[] scores;
    private final int[] beams;
    private final int[] tokens;
    private int count;

    /** Room for so many. */
    Candidates(int capacity) {
        scores = new float[capacity];
        beams = new int[capacity];
        tokens = new int[capacity];
    }

    void clear() {
        count = 0;
    }

    /** Offers every continuation of a beam: the token's score plus the beam's. */
    void offer(int beam, float[] tokenScores, float beamScore) {
        for (int token = 0; token < tokenScores.length; token++) {
            float score = tokenScores[token] + beamScore;
            if (count < scores.length || score > scores[count - 1]) {
                insert(beam, token, score);
            }
        }
    }

    /** Offers one continuation. */
    void insert(int beam, int token, float score) {
        int place = count < scores.length ? count++ : count - 1;
        while (place > 0 && score > scores[place - 1]) {
            scores[place] = scores[place - 1];
            beams[place] = beams[place - 1];
            tokens[place] = tokens[place - 1];
            place--;
        }
        scores[place] = score;
        beams[place] = beam;
        tokens[place] = token;
    }

    /** Drops the last ones whose score is minus infinity, but never all. */
    void dropImpossible() {
        while (count > 1 && scores[count - 1] == Float.NEGATIVE_INFINITY) {
            count--;
        }
    }

    int count() {
        return count;
    }

    float score(int rank) {
        return scores[rank];
    }

    int beam(int rank) {
        return beams[rank];
    }

    int token(int rank) {
        return tokens[rank];
    }
}
