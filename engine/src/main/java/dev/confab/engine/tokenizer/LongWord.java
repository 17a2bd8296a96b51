package dev.confab.engine.tokenizer;

import java.util.Arrays;

/**
 * A word too long for the quadratic way: its tokens as a linked list, and a heap of the neighbours that merge, the
 * earliest merge first and of one merge the leftmost place. Takes n log n steps and some 40 bytes for each of n tokens.
 */
final class LongWord {
    private static final int REMOVED = -2;

    private final MergeTable merges;
    private final int[] symbols;
    private final int length;
    private final int[] previous;
    private final int[] next;
    /** Rank in the upper half, place in the lower; an entry may be outdated by a merge beside it. */
    private final LongHeap heap;

    /** Places that the current rank's merges changed. */
    private int[] merged = new int[16];

    private int mergedCount;

    LongWord(int[] symbols, int length, MergeTable merges) {
        this.symbols = symbols;
        this.length = length;
        this.merges = merges;
        previous = new int[length];
        next = new int[length];
        heap = new LongHeap(length);
        for (int i = 0; i < length; i++) {
            previous[i] = i - 1;
            next[i] = i + 1;
            push(i, i + 1);
        }
    }

    /** Does all merges in place and returns how many tokens are left. */
    int merge() {
        while (!heap.isEmpty()) {
            mergeAllOfRank(rank(heap.peek()));
            for (int i = 0; i < mergedCount; i++) {
                int place = merged[i];
                push(previous[place], place);
                push(place, next[place]);
            }
        }
        return compact();
    }

    /** Leaves the pairs that this makes for later, even where their merge is an earlier one. */
    private void mergeAllOfRank(int rank) {
        mergedCount = 0;
        while (!heap.isEmpty() && rank(heap.peek()) == rank) {
            int left = (int) heap.pop();
            long merge = mergeAt(left, next[left]);
            if (merge != MergeTable.NONE && MergeTable.rank(merge) == rank) {
                unlink(next[left]);
                symbols[left] = MergeTable.merged(merge);
                merged = mergedCount == merged.length ? Arrays.copyOf(merged, 2 * mergedCount) : merged;
                merged[mergedCount++] = left;
            }
        }
    }

    private void unlink(int place) {
        symbols[place] = REMOVED;
        next[previous[place]] = next[place];
        if (next[place] < length) {
            previous[next[place]] = previous[place];
        }
    }

    private void push(int left, int right) {
        long merge = mergeAt(left, right);
        if (merge != MergeTable.NONE) {
            heap.push(((long) MergeTable.rank(merge) << Integer.SIZE) | left);
        }
    }

    private long mergeAt(int left, int right) {
        return left < 0 || right >= length || symbols[left] == REMOVED
                ? MergeTable.NONE
                : merges.find(symbols[left], symbols[right]);
    }

    private int compact() {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            if (symbols[i] != REMOVED) {
                symbols[kept++] = symbols[i];
            }
        }
        return kept;
    }

    private static int rank(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }
}
