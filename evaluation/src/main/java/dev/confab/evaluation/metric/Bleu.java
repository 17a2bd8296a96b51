package dev.confab.evaluation.metric;

/**
 * BLEU as three programs compute it. They agree on counting (Papineni et al. 2002) and differ where an n-gram never
 * matches, and in the words that they count, which is for whoever made the {@link NgramOverlap} to choose.
 */
final class Bleu {
    private Bleu() {}

    /**
     * {@code mteval-v14c.pl}: of n-grams up to 1, 2, 3 and 4 words. Where no n-gram of a length matches, one half counts
     * as matched, at the next such length one quarter; a length that no reply has counts as wholly matched.
     */
    static double[] mteval(NgramOverlap.Sums sums) {
        double[] scores = new double[NgramOverlap.LONGEST];
        double penalty = brevityPenalty(sums);
        double logarithms = 0;
        double smoothing = 1;
        for (int order = 0; order < scores.length; order++) {
            if (sums.ngrams[order] > 0 && sums.matches[order] == 0) {
                smoothing *= 2;
                logarithms += Math.log(1 / (smoothing * sums.ngrams[order]));
            } else if (sums.ngrams[order] > 0) {
                logarithms += Math.log((double) sums.matches[order] / sums.ngrams[order]);
            }
            scores[order] = penalty * Math.exp(logarithms / (order + 1));
        }
        return scores;
    }

    private static double brevityPenalty(NgramOverlap.Sums sums) {
        return sums.words() == 0 ? 0 : Math.exp(Math.min(0, 1 - (double) sums.closestReferences / sums.words()));
    }

    /** Moses' {@code multi-bleu.perl}: of n-grams up to four words; 0 where those of one length never match. */
    static double[] multiBleu(NgramOverlap.Sums sums) {
        double logarithms = 0;
        for (int order = 0; order < NgramOverlap.LONGEST; order++) {
            if (sums.matches[order] == 0) {
                return new double[] {0};
            }
            logarithms += Math.log((double) sums.matches[order] / sums.ngrams[order]);
        }
        return new double[] {brevityPenalty(sums) * Math.exp(logarithms / NgramOverlap.LONGEST)};
    }

    /** The COCO caption evaluation: of n-grams up to 1, 2, 3 and 4 words; tiny numbers keep it from dividing by zero. */
    static double[] coco(NgramOverlap.Sums sums) {
        double tiny = 1e-15;
        double small = 1e-9;
        double ratio = (sums.words() + tiny) / (sums.closestReferences + small);
        double penalty = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1;
        double[] scores = new double[NgramOverlap.LONGEST];
        double product = 1;
        for (int order = 0; order < scores.length; order++) {
            product *= (sums.matches[order] + tiny) / (sums.ngrams[order] + small);
            scores[order] = penalty * Math.pow(product, 1.0 / (order + 1));
        }
        return scores;
    }
}
