package dev.confab.evaluation.metric;

import java.util.Arrays;

/** How often each number occurs in a short list. */
final class Tally {
    private final int[] numbers;
    private final int[] counts;
    private final int size;

    private Tally(int[] numbers, int[] counts, int size) {
        this.numbers = numbers;
        this.counts = counts;
        this.size = size;
    }

    static Tally of(int[] occurrences) {
        int[] sorted = occurrences.clone();
        Arrays.sort(sorted);
        int[] counts = new int[sorted.length];
        int size = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i > 0 && sorted[i] == sorted[size - 1]) {
                counts[size - 1]++;
            } else {
                sorted[size] = sorted[i];
                counts[size++] = 1;
            }
        }
        return new Tally(sorted, counts, size);
    }

    /** How many different numbers there are. */
    int size() {
        return size;
    }

    /** The different numbers, in ascending order. */
    int number(int index) {
        return numbers[index];
    }

    /** How often the number at an index occurs. */
    int count(int index) {
        return counts[index];
    }

    /** How often a number occurs; 0 if it does not. */
    int countOf(int number) {
        int index = Arrays.binarySearch(numbers, 0, size, number);
        return index < 0 ? 0 : counts[index];
    }
}
