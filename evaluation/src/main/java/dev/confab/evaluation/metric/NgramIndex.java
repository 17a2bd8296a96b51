package dev.confab.evaluation.metric;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers n-grams: equal ones get equal numbers, counted from 0 for each order. An n-gram is known by the number of what
 * it is without its last word, and the number of that word. Belongs to one thread.
 */
final class NgramIndex {
    private final int longest;
    private final Map<String, Integer> words = new HashMap<>();
    private final List<Map<Long, Integer>> longer = new ArrayList<>();

    /** Numbers n-grams of one word up to {@code longest}. */
    NgramIndex(int longest) {
        this.longest = longest;
        for (int order = 2; order <= longest; order++) {
            longer.add(new HashMap<>());
        }
    }

    /**
     * The numbers of all n-grams of a text.
     *
     * @return {@code [order - 1][position]}; an order has as many positions as fit, which may be none
     */
    int[][] number(List<String> text) {
        int[][] numbers = new int[longest][];
        int[] single = new int[text.size()];
        for (int i = 0; i < single.length; i++) {
            single[i] = words.computeIfAbsent(text.get(i), _ -> words.size());
        }
        numbers[0] = single;
        for (int order = 2; order <= longest; order++) {
            int[] shorter = numbers[order - 2];
            Map<Long, Integer> known = longer.get(order - 2);
            int[] row = new int[Math.max(0, single.length - order + 1)];
            for (int i = 0; i < row.length; i++) {
                long key = (long) shorter[i] << 32 | single[i + order - 1];
                Integer number = known.putIfAbsent(key, known.size());
                row[i] = number == null ? known.size() - 1 : number;
            }
            numbers[order - 1] = row;
        }
        return numbers;
    }

    /** The number of a single word; -1 if it has not been seen. */
    int word(String word) {
        return words.getOrDefault(word, -1);
    }

    /** How many different n-grams of an order have been seen. */
    int size(int order) {
        return order == 1 ? words.size() : longer.get(order - 2).size();
    }
}
