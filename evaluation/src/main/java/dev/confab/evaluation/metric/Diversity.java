package dev.confab.evaluation.metric;

import java.util.Arrays;
import java.util.List;

/**
 * How varied the replies are: the entropy of their n-grams (Zhang et al. 2018, "Generating Informative and Diverse
 * Conversational Responses via Adversarial Information Maximization") and the share of different ones (Li et al. 2016, "A
 * Diversity-Promoting Objective Function for Neural Conversation Models"), over all replies together.
 *
 * <p>Belongs to one thread.
 */
final class Diversity {
    /** {@code [order - 1][reply][position]}. */
    private final int[][][] numbers;

    /** Scratch: how often each n-gram of an order occurs. */
    private final int[][] counts;

    private Diversity(int[][][] numbers, int[][] counts) {
        this.numbers = numbers;
        this.counts = counts;
    }

    static Diversity of(List<List<String>> replies, int longest) {
        var index = new NgramIndex(longest);
        int[][][] numbers = new int[longest][replies.size()][];
        for (int reply = 0; reply < replies.size(); reply++) {
            int[][] ofReply = index.number(replies.get(reply));
            for (int order = 0; order < longest; order++) {
                numbers[order][reply] = ofReply[order];
            }
        }
        int[][] counts = new int[longest][];
        for (int order = 0; order < longest; order++) {
            counts[order] = new int[index.size(order + 1)];
        }
        return new Diversity(numbers, counts);
    }

    /** The entropies in nats, of each order; 0 where there are no n-grams. */
    double[] entropies(int[] selection) {
        double[] entropies = new double[numbers.length];
        for (int order = 0; order < entropies.length; order++) {
            int total = count(order, selection);
            double sum = 0;
            for (int count : counts[order]) {
                // Most n-grams of more than one word occur once, and the logarithm of 1 need not be computed.
                if (count > 1) {
                    sum += count * Math.log(count);
                }
            }
            entropies[order] = total == 0 ? 0 : Math.log(total) - sum / total;
        }
        return entropies;
    }

    /** Different n-grams for each that occurs, of each order; 0 where there are none. */
    double[] distinct(int[] selection) {
        double[] shares = new double[numbers.length];
        for (int order = 0; order < shares.length; order++) {
            int total = count(order, selection);
            int different = 0;
            for (int count : counts[order]) {
                different += Math.min(count, 1);
            }
            shares[order] = total == 0 ? 0 : (double) different / total;
        }
        return shares;
    }

    private int count(int order, int[] selection) {
        Arrays.fill(counts[order], 0);
        int total = 0;
        for (int reply : selection) {
            for (int number : numbers[order][reply]) {
                counts[order][number]++;
            }
            total += numbers[order][reply].length;
        }
        return total;
    }
}
