package dev.confab.training.gradient;

/**
 * Dropout whose mask is a function of a key and the element's number, so that the backward pass, or a forward pass that
 * is done again, finds the same mask without having kept it.
 */
final class Dropout {
    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private final float probability;
    private boolean active = true;

    /**
     * Dropout with a probability.
     *
     * @param probability how likely an element is zeroed, from 0 to below 1
     */
    Dropout(float probability) {
        this.probability = probability;
    }

    /** Switches it on for training, off for measuring. */
    void setActive(boolean active) {
        this.active = active;
    }

    boolean isOn() {
        return active && probability > 0;
    }

    /** A key for one place of one step. */
    static long key(long seed, int layer, int place) {
        return mix(seed + GOLDEN_RATIO * (3L * layer + place + 1));
    }

    /** What an element is multiplied with: 0, or the inverse of the chance to be kept. */
    float factor(long key, long element) {
        int bits = (int) (mix(key + GOLDEN_RATIO * element) >>> 40);
        return bits < probability * (1 << 24) ? 0 : 1 / (1 - probability);
    }

    /** Multiplies elements {@code [from, to)} of an array with their factors. */
    void apply(long key, float[] data, int from, int to) {
        for (int i = from; i < to; i++) {
            data[i] *= factor(key, i);
        }
    }

    /** The finaliser of SplittableRandom (Steele, Lea and Flood, 2014). */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
