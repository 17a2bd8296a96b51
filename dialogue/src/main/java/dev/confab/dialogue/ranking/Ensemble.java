package dev.confab.dialogue.ranking;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several models of DialogRPT joined as its authors do: the product of two weighted means, that of how much a reply
 * sounds like a person's answer, and that of how people would take it.
 */
public final class Ensemble implements Ranker {
    /** DialogRPT's weight of {@code human_vs_rand} and of {@code human_vs_machine}. */
    public static final double HUMAN_WEIGHT = 0.5;
    /** DialogRPT's weight of {@code updown}. */
    public static final double UPDOWN_WEIGHT = 1;
    /** DialogRPT's weight of {@code depth}. */
    public static final double DEPTH_WEIGHT = 0.48;
    /** DialogRPT's weight of {@code width}, of which less is better. */
    public static final double WIDTH_WEIGHT = -0.5;

    private final @Nullable Ranking prior;
    private final @Nullable Ranking conditional;

    /**
     * Joins rankers.
     *
     * @param prior how much a reply sounds like a person's answer; null to leave it out
     * @param conditional how people would take it; null to leave it out
     */
    public Ensemble(@Nullable Ranking prior, @Nullable Ranking conditional) {
        this.prior = prior;
        this.conditional = conditional;
    }

    @Override
    public String name() {
        return "ensemble";
    }

    @Override
    public double[] score(List<String> context, List<Proposal> proposals) {
        double[] priors = means(prior, context, proposals);
        double[] conditionals = means(conditional, context, proposals);
        double[] scores = new double[proposals.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = priors[i] * conditionals[i];
        }
        return scores;
    }

    private static double[] means(@Nullable Ranking ranking, List<String> context, List<Proposal> proposals) {
        double[] means = new double[proposals.size()];
        if (ranking == null) {
            Arrays.fill(means, 1);
            return means;
        }
        double weights = 0;
        for (Ranking.Weighted weighted : ranking.rankers()) {
            double[] scores = weighted.ranker().score(context, proposals);
            weights += weighted.weight();
            for (int i = 0; i < means.length; i++) {
                means[i] += weighted.weight() * scores[i];
            }
        }
        for (int i = 0; i < means.length; i++) {
            means[i] /= weights;
        }
        return means;
    }
}
