package dev.confab.dialogue.ranking;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How much a reply is about what was said: the share of its words, common ones left out, that occur in the last turns,
 * from 0 to 1. Crude, quick, and with the other rankers beside it of some use.
 */
public final class Relevance implements Ranker {
    private static final int TURNS = 3;

    /** A ranker by words that were said. */
    public Relevance() {}

    @Override
    public String name() {
        return "relevance";
    }

    @Override
    public double[] score(List<String> context, List<Proposal> proposals) {
        Set<String> subject = new HashSet<>();
        context.subList(Math.max(0, context.size() - TURNS), context.size())
                .forEach(turn -> subject.addAll(Words.ofSubject(turn)));
        return proposals.stream()
                .mapToDouble(proposal -> share(Words.ofSubject(proposal.text()), subject))
                .toArray();
    }

    private static double share(Set<String> words, Set<String> subject) {
        return words.isEmpty()
                ? 0
                : (double) words.stream().filter(subject::contains).count() / words.size();
    }
}
