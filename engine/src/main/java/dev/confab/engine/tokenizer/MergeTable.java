package dev.confab.engine.tokenizer;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which two tokens merge into which, and how early: an open-addressing hash of primitive longs.
 *
 * <p>A merge is one long, rank in the upper half and merged token in the lower, so that of two merges the smaller long
 * is the one to do first. Filled once, then only read; safe for any thread after that.
 */
final class MergeTable {
    /** What {@link #find} gives for two tokens that do not merge: later than every merge. */
    static final long NONE = Long.MAX_VALUE;

    private static final long EMPTY = -1;
    /** 2^64 divided by the golden ratio: spreads consecutive ids over the upper bits. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /** Pairs at even indexes, their merges beside them at odd ones; at most half full. */
    private final long[] slots;

    private final int shift;

    /** A table for so many merges. */
    MergeTable(int merges) {
        int bits = Math.max(2, Integer.SIZE - Integer.numberOfLeadingZeros(merges) + 1);
        slots = new long[2 << bits];
        shift = Long.SIZE - bits;
        for (int i = 0; i < slots.length; i += 2) {
            slots[i] = EMPTY;
            slots[i + 1] = NONE;
        }
    }

    /** Adds a merge; of two for the same pair the later one counts, as in the reference. */
    void put(int left, int right, int rank, int merged) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (slots[slot] != EMPTY && slots[slot] != pair) {
            slot = next(slot);
        }
        slots[slot] = pair;
        slots[slot + 1] = ((long) rank << Integer.SIZE) | merged;
    }

    /** The merge of two tokens, for {@link #merged} and {@link #rank}, or {@link #NONE}. */
    long find(int left, int right) {
        long pair = pair(left, right);
        int slot = slot(pair);
        while (slots[slot] != pair && slots[slot] != EMPTY) {
            slot = next(slot);
        }
        return slots[slot + 1];
    }

    /** The pairs in the order in which they merge, for {@link #left} and {@link #right}. */
    long[] pairsInOrder() {
        return IntStream.range(0, slots.length / 2)
                .map(i -> 2 * i)
                .filter(slot -> slots[slot] != EMPTY)
                .boxed()
                .sorted(Comparator.comparingLong(slot -> slots[slot + 1]))
                .mapToLong(slot -> slots[slot])
                .toArray();
    }

    static int left(long pair) {
        return (int) (pair >>> Integer.SIZE);
    }

    static int right(long pair) {
        return (int) pair;
    }

    static int merged(long merge) {
        return (int) merge;
    }

    static int rank(long merge) {
        return (int) (merge >>> Integer.SIZE);
    }

    private static long pair(int left, int right) {
        return ((long) left << Integer.SIZE) | (right & 0xFFFF_FFFFL);
    }

    private int slot(long pair) {
        return (int) ((pair * SPREAD) >>> shift) << 1;
    }

    private int next(int slot) {
        return (slot + 2) & (slots.length - 1);
    }
}
