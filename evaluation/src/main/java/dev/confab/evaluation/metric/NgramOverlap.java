package dev.confab.evaluation.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * How many n-grams of each reply its references have too, and how much they tell: all that BLEU and NIST need. An n-gram
 * counts as often as the reference that has it most often has it. Immutable once counted.
 */
final class NgramOverlap {
    static final int LONGEST = 4;

    /** {@code [reply][order - 1]}. */
    private final int[][] matches;

    private final double[][] information;
    private final int[] lengths;
    private final int[] closestReferences;
    private final double[] meanReferences;

    private NgramOverlap(int replies) {
        matches = new int[replies][LONGEST];
        information = new double[replies][LONGEST];
        lengths = new int[replies];
        closestReferences = new int[replies];
        meanReferences = new double[replies];
    }

    /**
     * Counts.
     *
     * @param replies the words of each reply
     * @param references for each reply the words of each of its references
     */
    static NgramOverlap count(List<List<String>> replies, List<List<List<String>>> references) {
        var index = new NgramIndex(LONGEST);
        List<List<int[][]>> numberedReferences = new ArrayList<>();
        for (List<List<String>> ofOne : references) {
            numberedReferences.add(ofOne.stream().map(index::number).toList());
        }
        NgramInformation weights = NgramInformation.of(index, numberedReferences);
        var overlap = new NgramOverlap(replies.size());
        for (int i = 0; i < replies.size(); i++) {
            overlap.count(i, index.number(replies.get(i)), numberedReferences.get(i), weights);
        }
        return overlap;
    }

    private void count(int reply, int[][] numbers, List<int[][]> references, NgramInformation weights) {
        lengths[reply] = numbers[0].length;
        meanReferences[reply] = references.stream()
                .mapToInt(ngrams -> ngrams[0].length)
                .average()
                .orElse(0);
        closestReferences[reply] = closest(
                numbers[0].length,
                references.stream().mapToInt(ngrams -> ngrams[0].length).toArray());
        for (int order = 0; order < LONGEST; order++) {
            Tally own = Tally.of(numbers[order]);
            List<Tally> others = new ArrayList<>();
            for (int[][] reference : references) {
                others.add(Tally.of(reference[order]));
            }
            for (int i = 0; i < own.size(); i++) {
                int most = 0;
                for (Tally other : others) {
                    most = Math.max(most, other.countOf(own.number(i)));
                }
                int matched = Math.min(own.count(i), most);
                if (matched > 0) {
                    matches[reply][order] += matched;
                    information[reply][order] += matched * weights.of(order, own.number(i));
                }
            }
        }
    }

    /** The length nearest to the reply's; the shorter of two that are as near. */
    private static int closest(int length, int[] references) {
        int closest = references[0];
        for (int reference : references) {
            int difference = Math.abs(reference - length) - Math.abs(closest - length);
            if (difference < 0 || (difference == 0 && reference < closest)) {
                closest = reference;
            }
        }
        return closest;
    }

    /** The sums over a selection of replies. */
    Sums sum(int[] selection) {
        var sums = new Sums();
        for (int reply : selection) {
            for (int order = 0; order < LONGEST; order++) {
                sums.matches[order] += matches[reply][order];
                sums.information[order] += information[reply][order];
                sums.ngrams[order] += Math.max(0, lengths[reply] - order);
            }
            sums.closestReferences += closestReferences[reply];
            sums.meanReferences += meanReferences[reply];
        }
        return sums;
    }

    /** What a selection of replies comes to; indices are the order less one. */
    static final class Sums {
        final long[] matches = new long[LONGEST];
        final double[] information = new double[LONGEST];
        final long[] ngrams = new long[LONGEST];
        long closestReferences;
        double meanReferences;

        /** How many words the replies have. */
        long words() {
            return ngrams[0];
        }
    }
}
