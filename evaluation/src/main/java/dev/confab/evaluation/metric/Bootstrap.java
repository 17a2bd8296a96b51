package dev.confab.evaluation.metric;

import dev.confab.engine.error.ConfabException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Confidence intervals by the percentile bootstrap (Efron 1979): the replies are drawn again and again with repetition,
 * as many as there are, and the middle of the draws' scores is the interval. The references' n-gram weights of NIST and
 * CIDEr stay those of the whole set.
 *
 * <p>A draw repeats replies, which lowers entropy and distinct n-grams by itself. For these the interval is moved by the
 * difference between the set's own value and the draws' mean.
 *
 * @param resamples how many draws, 0 for no intervals, at most 100,000
 * @param confidence the share of draws that lie inside, between 0 and 1
 * @param seed the same seed gives the same intervals
 */
public record Bootstrap(int resamples, double confidence, long seed) {
    private static final int MOST_RESAMPLES = 100_000;

    /** 1,000 draws, 95 %. */
    public static final Bootstrap DEFAULT = new Bootstrap(1000, 0.95, 0);

    /**
     * Checks the ranges.
     *
     * @throws ConfabException if a number is out of range
     */
    public Bootstrap {
        if (resamples < 0 || resamples > MOST_RESAMPLES) {
            throw new ConfabException("resamples: " + resamples + "; choose 0 to " + MOST_RESAMPLES);
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new ConfabException("confidence: " + confidence + "; choose a number between 0 and 1, such as 0.95");
        }
    }

    /** An interval for each value of a metric. */
    List<Interval> intervals(int replies, double[] values, CorpusMetric metric, Metric kind) {
        if (resamples == 0) {
            return List.of();
        }
        double[][] scores = draw(replies, values.length, metric);
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            double shift = kind.suffersFromRepetition()
                    ? values[i] - Arrays.stream(scores[i]).average().orElse(0)
                    : 0;
            Arrays.sort(scores[i]);
            double outside = (1 - confidence) / 2;
            double low = quantile(scores[i], outside) + shift;
            double high = quantile(scores[i], 1 - outside) + shift;
            intervals.add(new Interval(low, Math.min(high, kind.highest())));
        }
        return intervals;
    }

    private double[][] draw(int replies, int values, CorpusMetric metric) {
        // Each metric sees the same draws, so that the intervals of two can be compared.
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[][] scores = new double[values][resamples];
        int[] selection = new int[replies];
        for (int draw = 0; draw < resamples; draw++) {
            for (int i = 0; i < replies; i++) {
                selection[i] = random.nextInt(replies);
            }
            double[] score = metric.score(selection);
            for (int i = 0; i < values; i++) {
                scores[i][draw] = score[i];
            }
        }
        return scores;
    }

    /** Between two neighbours in proportion to the distance. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
