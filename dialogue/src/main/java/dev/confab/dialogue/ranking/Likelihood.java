package dev.confab.dialogue.ranking;

import java.util.List;

/**
 * How likely the model itself finds a reply: the geometric mean of its tokens' probabilities, from 0 to 1. The mean, and
 * not the product, since the product of a longer reply is always smaller.
 */
public final class Likelihood implements Ranker {
    /** A ranker by what the model itself finds likely. */
    public Likelihood() {}

    @Override
    public String name() {
        return "likelihood";
    }

    @Override
    public double[] score(List<String> context, List<Proposal> proposals) {
        return proposals.stream()
                .mapToDouble(proposal ->
                        Double.isNaN(proposal.meanLogProbability()) ? 0 : Math.exp(proposal.meanLogProbability()))
                .toArray();
    }
}
