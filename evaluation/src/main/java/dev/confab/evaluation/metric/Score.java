package dev.confab.evaluation.metric;

import java.util.List;

/**
 * What a metric came to.
 *
 * @param metric the metric
 * @param values as many as {@link Metric#labels}
 * @param intervals one for each value; or empty where none were asked for
 */
public record Score(Metric metric, List<Double> values, List<Interval> intervals) {
    /** Copies the lists. */
    public Score {
        values = List.copyOf(values);
        intervals = List.copyOf(intervals);
    }
}
