package dev.confab.training.data;

/**
 * A shuffle of {@code 0 .. size-1} that needs no memory: where each number goes is computed. Any two seeds give shuffles
 * that have nothing to do with each other.
 *
 * <p>A Feistel network of four rounds over the next power of four; what falls outside the range is sent through again
 * until it falls inside (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
 */
final class Permutation {
    private static final int ROUNDS = 4;

    private Permutation() {}

    /** The number at a position of the shuffle of a seed. */
    static long at(long position, long size, long seed) {
        int halfBits = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
        long mask = (1L << halfBits) - 1;
        long value = position;
        do {
            long left = value >>> halfBits;
            long right = value & mask;
            for (int round = 0; round < ROUNDS; round++) {
                long swapped = left ^ (mix(right + mix(seed + round)) & mask);
                left = right;
                right = swapped;
            }
            value = left << halfBits | right;
        } while (value >= size);
        return value;
    }

    /** A seed made of several numbers. */
    static long seed(long seed, long first, long second) {
        return mix(mix(mix(seed) + first) + second);
    }

    /** Spreads each bit over all others: the output function of SplitMix64 (Steele, Lea and Flood, 2014). */
    static long mix(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
