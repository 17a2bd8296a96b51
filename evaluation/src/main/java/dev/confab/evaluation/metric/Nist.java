package dev.confab.evaluation.metric;

/** NIST as {@code mteval-v14c.pl} computes it, with the brevity penalty that halves a score at two thirds of the length. */
final class Nist {
    private static final double BETA = Math.log(2) / (Math.log(1.5) * Math.log(1.5));

    private Nist() {}

    /** Of n-grams up to 1, 2, 3 and 4 words. */
    static double[] score(NgramOverlap.Sums sums) {
        double[] scores = new double[NgramOverlap.LONGEST];
        double penalty = lengthPenalty(sums.words() / sums.meanReferences);
        double bits = 0;
        for (int order = 0; order < scores.length; order++) {
            bits += sums.information[order] / Math.max(sums.ngrams[order], 1);
            scores[order] = bits * penalty;
        }
        return scores;
    }

    /** Of the ratio of the replies' words to the references' mean; where neither has a word there is nothing to score. */
    private static double lengthPenalty(double ratio) {
        if (ratio >= 1) {
            return 1;
        }
        return ratio > 0 ? Math.exp(-BETA * Math.log(ratio) * Math.log(ratio)) : 0;
    }
}
