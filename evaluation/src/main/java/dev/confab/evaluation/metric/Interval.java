package dev.confab.evaluation.metric;

/**
 * Where a value probably lies.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {}
