package dev.confab.training.tokenizer;

import java.util.Arrays;

/**
 * The pairs of neighbouring tokens, how often each occurs, and in which words: an open-addressing hash of longs that
 * gives each pair a number. For one thread.
 */
final class PairTable {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int[] NO_WORDS = {};

    private long[] pairs = new long[1 << 12];
    private long[] counts = new long[1 << 12];
    private int[][] words = new int[1 << 12][];
    private int[] wordCounts = new int[1 << 12];
    private int size;

    /** One more than the pair's number; 0 where the slot is free. At most half full. */
    private int[] slots = new int[1 << 13];

    private int shift = Long.SIZE - 13;

    /** Two ids as one long, in the order of the left one and then of the right one. */
    static long pair(int left, int right) {
        return ((long) left << Integer.SIZE) | right;
    }

    static int left(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    static int right(long pair) {
        return (int) pair;
    }

    /** How many pairs there are; their numbers are below. */
    int size() {
        return size;
    }

    long pair(int number) {
        return pairs[number];
    }

    long count(int number) {
        return counts[number];
    }

    /** Changes the count of a pair, which is added if it is new, and returns its number. */
    int add(int left, int right, long times) {
        long pair = pair(left, right);
        int slot = slot(pair);
        for (; slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int number = slots[slot] - 1;
            if (pairs[number] == pair) {
                counts[number] += times;
                return number;
            }
        }
        int number = append(pair, times);
        slots[slot] = number + 1;
        if (size > slots.length / 2) {
            growSlots();
        }
        return number;
    }

    /** Remembers that a pair occurs in a word; called for one word after the other. */
    void addWord(int number, int word) {
        int[] list = words[number];
        int length = wordCounts[number];
        if (length > 0 && list[length - 1] == word) {
            return;
        }
        if (length == list.length) {
            list = Arrays.copyOf(list, length + (length >> 1) + 2);
            words[number] = list;
        }
        list[length] = word;
        wordCounts[number] = length + 1;
    }

    /** Takes a pair out of all words: gives those in which it is, or once was, and forgets them and its count. */
    int[] takeWords(int number) {
        int[] taken = Arrays.copyOf(words[number], wordCounts[number]);
        words[number] = NO_WORDS;
        wordCounts[number] = 0;
        return taken;
    }

    /** Sets the count of a pair that no word has any more. */
    void clearCount(int number) {
        counts[number] = 0;
    }

    private int append(long pair, long times) {
        if (size == pairs.length) {
            int capacity = Math.multiplyExact(size, 2);
            pairs = Arrays.copyOf(pairs, capacity);
            counts = Arrays.copyOf(counts, capacity);
            words = Arrays.copyOf(words, capacity);
            wordCounts = Arrays.copyOf(wordCounts, capacity);
        }
        pairs[size] = pair;
        counts[size] = times;
        words[size] = NO_WORDS;
        return size++;
    }

    private int slot(long pair) {
        return (int) ((pair * SPREAD) >>> shift);
    }

    private void growSlots() {
        slots = new int[Math.multiplyExact(slots.length, 2)];
        shift--;
        for (int number = 0; number < size; number++) {
            int slot = slot(pairs[number]);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number + 1;
        }
    }
}
