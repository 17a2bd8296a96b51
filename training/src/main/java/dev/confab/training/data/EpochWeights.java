package dev.confab.training.data;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How often each dialogue of a source is seen, epoch by epoch: a weight for each of the first epochs, the last of which
 * holds for all that follow. So a run can begin on much data of all kinds, and end on the best.
 *
 * @param weights at least one, each from 0 to 1000, and not all 0: 3 is three times, 0.2 a fifth of the dialogues, another
 *     fifth in each epoch
 */
public record EpochWeights(List<Double> weights) {
    /** Each dialogue once in each epoch. */
    public static final EpochWeights ONE = of(1);

    /**
     * Checks the weights.
     *
     * @throws IllegalArgumentException if there are none, one is out of range, or all are 0
     */
    public EpochWeights {
        weights = List.copyOf(weights);
        boolean inRange = weights.stream().allMatch(weight -> weight >= 0 && weight <= 1000);
        if (!inRange || weights.stream().noneMatch(weight -> weight > 0)) {
            throw new IllegalArgumentException("the weights are " + weights + ", expected 0 to 1000, and one above 0");
        }
    }

    /** The same in every epoch. */
    public static EpochWeights of(double weight) {
        return new EpochWeights(List.of(weight));
    }

    /**
     * Reads numbers with commas between them: {@code "1,0.5"}.
     *
     * @throws IllegalArgumentException if one is no number, or out of range
     */
    public static EpochWeights parse(String text) {
        return new EpochWeights(
                List.of(text.split(",", -1)).stream().map(Double::valueOf).toList());
    }

    /** How often each dialogue is seen in all epochs before one. */
    double before(long epoch) {
        double sum = 0;
        int listed = (int) Math.min(epoch, weights.size());
        for (int i = 0; i < listed; i++) {
            sum += weights.get(i);
        }
        return sum + (epoch - listed) * weights.getLast();
    }

    /** The numbers with commas between them. */
    @Override
    public String toString() {
        return weights.stream()
                .map(weight -> weight == Math.rint(weight) ? String.valueOf(Math.round(weight)) : weight.toString())
                .collect(Collectors.joining(","));
    }
}
