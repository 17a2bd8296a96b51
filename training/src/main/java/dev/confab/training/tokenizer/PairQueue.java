package dev.confab.training.tokenizer;

import java.util.Arrays;

/**
 * A binary heap of pairs, the most frequent first and of equally frequent ones the smallest. Entries keep the count that
 * they were put in with; whoever takes them compares. For one thread.
 */
final class PairQueue {
    private long[] counts = new long[1 << 12];
    private long[] pairs = new long[1 << 12];
    private int[] numbers = new int[1 << 12];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** The count of the first entry; there must be one. */
    long count() {
        return counts[0];
    }

    /** The number of the first entry's pair; there must be one. */
    int number() {
        return numbers[0];
    }

    void push(long count, long pair, int number) {
        if (size == counts.length) {
            int capacity = Math.multiplyExact(size, 2);
            counts = Arrays.copyOf(counts, capacity);
            pairs = Arrays.copyOf(pairs, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
        }
        int hole = size++;
        while (hole > 0 && isBefore(count, pair, (hole - 1) >> 1)) {
            move((hole - 1) >> 1, hole);
            hole = (hole - 1) >> 1;
        }
        set(hole, count, pair, number);
    }

    /** Takes the first entry out; there must be one. */
    void pop() {
        size--;
        sink(counts[size], pairs[size], numbers[size]);
    }

    /** Gives the first entry a lower count. */
    void lower(long count) {
        sink(count, pairs[0], numbers[0]);
    }

    /** Puts an entry in the place of the first. */
    private void sink(long count, long pair, int number) {
        int hole = 0;
        for (int child; (child = 2 * hole + 1) < size; hole = child) {
            if (child + 1 < size && isBefore(counts[child + 1], pairs[child + 1], child)) {
                child++;
            }
            if (!isBefore(counts[child], pairs[child], count, pair)) {
                break;
            }
            move(child, hole);
        }
        set(hole, count, pair, number);
    }

    private boolean isBefore(long count, long pair, int index) {
        return isBefore(count, pair, counts[index], pairs[index]);
    }

    private static boolean isBefore(long count, long pair, long otherCount, long otherPair) {
        return count > otherCount || (count == otherCount && pair < otherPair);
    }

    private void move(int from, int to) {
        set(to, counts[from], pairs[from], numbers[from]);
    }

    private void set(int index, long count, long pair, int number) {
        counts[index] = count;
        pairs[index] = pair;
        numbers[index] = number;
    }
}
