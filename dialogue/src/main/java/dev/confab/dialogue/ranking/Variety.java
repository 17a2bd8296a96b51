package dev.confab.dialogue.ranking;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How little a reply repeats, itself or what was said before: the share of its word pairs that are new, from 0 to 1. A
 * reply of one word has half of it.
 */
public final class Variety implements Ranker {
    /** A ranker by what is new. */
    public Variety() {}

    @Override
    public String name() {
        return "variety";
    }

    @Override
    public double[] score(List<String> context, List<Proposal> proposals) {
        Set<List<String>> said = new HashSet<>();
        context.forEach(turn -> said.addAll(pairs(turn)));
        return proposals.stream()
                .mapToDouble(proposal -> newPairs(pairs(proposal.text()), said))
                .toArray();
    }

    private static double newPairs(List<List<String>> pairs, Set<List<String>> said) {
        if (pairs.isEmpty()) {
            return 0.5;
        }
        Set<List<String>> seen = new HashSet<>(said);
        long fresh = pairs.stream().filter(seen::add).count();
        return (double) fresh / pairs.size();
    }

    private static List<List<String>> pairs(String text) {
        List<String> words = Words.of(text);
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            pairs.add(List.of(words.get(i - 1), words.get(i)));
        }
        return pairs;
    }
}
