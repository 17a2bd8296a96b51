package dev.confab.server.operator;

import dev.confab.engine.generation.BatchStatistics;
import dev.confab.server.store.PeriodOfUse;
import dev.confab.server.store.Periods;
import dev.confab.server.store.RatedReply;
import dev.confab.server.store.Tallies;
import dev.confab.server.store.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator's page shows.
 *
 * @param axis the time that it is about
 * @param use what was asked in each step
 * @param whole the same in all of the time
 * @param feedback how often each option was chosen in each step
 * @param counts what else was counted in each step: {@link Bookkeeping}
 * @param disliked the most disliked replies
 * @param now what the model's batch does at the moment, and has done since the server started; empty before
 * @param underWay how many requests are under way
 */
record Overview(
        Axis axis,
        List<PeriodOfUse> use,
        PeriodOfUse whole,
        List<Map<String, Long>> feedback,
        List<Map<String, Long>> counts,
        List<RatedReply> disliked,
        Optional<BatchStatistics> now,
        int underWay) {
    /** The option of the page that says that a reply is not good. */
    static final String DISLIKE = "Dislike";

    private static final int MOST_DISLIKED = 20;

    /** Asks the database. */
    static Overview read(Usage usage, Tallies tallies, Axis axis, Optional<BatchStatistics> now, int underWay) {
        Periods periods = axis.periods();
        return new Overview(
                axis,
                usage.periods(periods),
                usage.periods(periods.whole()).getFirst(),
                usage.feedback(periods),
                tallies.counts(periods),
                usage.mostRated(DISLIKE, periods.from(), periods.to(), MOST_DISLIKED),
                now,
                underWay);
    }

    /**
     * What a meter has counted in each step.
     *
     * @param tags beginnings such as {@code stage=input}; one of them is enough
     */
    List<Double> counted(String meter, String... tags) {
        return counts.stream()
                .map(step -> (double) step.entrySet().stream()
                        .filter(count -> count.getKey().startsWith(meter + " ")
                                && Arrays.stream(tags)
                                        .anyMatch(tag -> count.getKey().contains(" " + tag)))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .toList();
    }

    /** The same in all of the time. */
    long total(String meter, String... tags) {
        return Math.round(
                counted(meter, tags).stream().mapToDouble(Double::doubleValue).sum());
    }

    /** How often an option for feedback was chosen in each step. */
    List<Double> rated(String option) {
        return feedback.stream()
                .map(step -> (double) step.getOrDefault(option, 0L))
                .toList();
    }

    /** The options that were chosen, in the order of their names, so that they keep their colours. */
    List<String> options() {
        return feedback.stream()
                .flatMap(step -> step.keySet().stream())
                .distinct()
                .sorted((a, b) -> b.compareTo(a)) // Like before Dislike
                .toList();
    }
}
