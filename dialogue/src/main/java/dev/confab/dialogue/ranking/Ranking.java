package dev.confab.dialogue.ranking;

import java.util.ArrayList;
import java.util.List;

/**
 * Several rankers, each with a weight; the score of a reply is the sum of theirs times the weights. Immutable.
 *
 * <pre>{@code
 * var ranking = Ranking.of(new Likelihood(), 1).and(new Variety(), 0.5);
 * }</pre>
 */
public final class Ranking {
    private final List<Weighted> rankers;

    private Ranking(List<Weighted> rankers) {
        this.rankers = List.copyOf(rankers);
    }

    /**
     * A ranker and what its scores count.
     *
     * @param ranker the ranker
     * @param weight what its scores are multiplied by; negative where less is better
     */
    public record Weighted(Ranker ranker, double weight) {
        /**
         * Checks the weight.
         *
         * @throws IllegalArgumentException if it is no number
         */
        public Weighted {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException(
                        "the weight of " + ranker.name() + " is " + weight + "; choose a number");
            }
        }
    }

    /** Likelihood, and half as much variety and relevance: what needs no further model. */
    public static Ranking defaults() {
        return of(new Likelihood(), 1).and(new Variety(), 0.5).and(new Relevance(), 0.5);
    }

    /** One ranker. */
    public static Ranking of(Ranker ranker, double weight) {
        return new Ranking(List.of(new Weighted(ranker, weight)));
    }

    /** These rankers; without any, the first candidate that may be given is. */
    public static Ranking of(List<Weighted> rankers) {
        return new Ranking(rankers);
    }

    /** With one more ranker. */
    public Ranking and(Ranker ranker, double weight) {
        List<Weighted> more = new ArrayList<>(rankers);
        more.add(new Weighted(ranker, weight));
        return new Ranking(more);
    }

    /** The rankers and their weights. */
    public List<Weighted> rankers() {
        return rankers;
    }
}
