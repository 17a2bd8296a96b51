package dev.confab.evaluation.metric;

import java.util.Arrays;
import java.util.List;

/**
 * How much each n-gram of the references tells, in bits: the rarer its last word is after the words before it, the more.
 * It is what NIST weighs n-grams by (Doddington 2002, "Automatic evaluation of machine translation quality using n-gram
 * co-occurrence statistics").
 */
final class NgramInformation {
    /**
     * A Perl program takes this word for "no word", so {@code mteval-v14c.pl} weighs a pair that begins with it as if it
     * were one word. Scores are only comparable with published ones if we do the same.
     */
    private static final String FALSE_IN_PERL = "0";

    /** {@code [order - 1][number]}. */
    private final double[][] bits;

    private NgramInformation(double[][] bits) {
        this.bits = bits;
    }

    static NgramInformation of(NgramIndex index, List<List<int[][]>> references) {
        int[][] counts = new int[NgramOverlap.LONGEST][];
        int[][] beginnings = new int[NgramOverlap.LONGEST][];
        for (int order = 0; order < NgramOverlap.LONGEST; order++) {
            counts[order] = new int[index.size(order + 1)];
            beginnings[order] = new int[index.size(order + 1)];
        }
        for (List<int[][]> ofOneReply : references) {
            for (int[][] numbers : ofOneReply) {
                for (int order = 0; order < NgramOverlap.LONGEST; order++) {
                    for (int i = 0; i < numbers[order].length; i++) {
                        counts[order][numbers[order][i]]++;
                        beginnings[order][numbers[order][i]] = order == 0 ? 0 : numbers[order - 1][i];
                    }
                }
            }
        }
        return new NgramInformation(bits(counts, beginnings, index.word(FALSE_IN_PERL)));
    }

    private static double[][] bits(int[][] counts, int[][] beginnings, int noWord) {
        double words = Arrays.stream(counts[0]).asLongStream().sum();
        double[][] bits = new double[counts.length][];
        for (int order = 0; order < counts.length; order++) {
            bits[order] = new double[counts[order].length];
            for (int number = 0; number < bits[order].length; number++) {
                int beginning = beginnings[order][number];
                boolean single = order == 0 || (order == 1 && beginning == noWord);
                double before = single ? words : counts[order - 1][beginning];
                bits[order][number] = -Math.log(counts[order][number] / before) / Math.log(2);
            }
        }
        return bits;
    }

    /** The bits of an n-gram that a reference has. */
    double of(int order, int number) {
        return bits[order][number];
    }
}
