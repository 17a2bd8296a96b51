package dev.confab.evaluation.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Marks replies that repeat themselves or others. */
final class Repetition {
    private static final int ORDER = 3;

    private Repetition() {}

    /** 1 for each reply that has the same three words in a row twice, else 0. */
    static double[] repeatedTrigrams(List<List<String>> replies) {
        return replies.stream()
                .mapToDouble(words -> repeatsItself(words) ? 1 : 0)
                .toArray();
    }

    private static boolean repeatsItself(List<String> words) {
        Set<List<String>> seen = new HashSet<>();
        for (int i = 0; i + ORDER <= words.size(); i++) {
            if (!seen.add(words.subList(i, i + ORDER))) {
                return true;
            }
        }
        return false;
    }

    /** 1 for each reply with the words of an earlier one, else 0. */
    static double[] repeatedReplies(List<List<String>> replies) {
        Set<List<String>> seen = new HashSet<>();
        return replies.stream().mapToDouble(words -> seen.add(words) ? 0 : 1).toArray();
    }
}
