package dev.confab.engine.generation.logits;

/**
 * Gives the tokens of a vocabulary one after the other, the best first, and sorts no more of them than are asked for.
 *
 * <p>A binary heap over token ids: filling costs O(n), each {@link #next} O(log n). Tokens whose key is minus infinity
 * are left out. Among equal keys the higher id comes first, which is what a stable ascending sort read from its end
 * gives in the reference.
 */
final class Ranking {
    private int[] heap = new int[0];
    private float[] keys = new float[0];
    private int size;

    /** Starts over with these keys, one per token; the array is read until the next call. */
    void rank(float[] newKeys) {
        rank(newKeys, Float.NEGATIVE_INFINITY);
    }

    /** Starts over with the keys above a floor. */
    void rank(float[] newKeys, double floor) {
        keys = newKeys;
        if (heap.length < newKeys.length) {
            heap = new int[newKeys.length];
        }
        size = 0;
        for (int id = 0; id < newKeys.length; id++) {
            if (newKeys[id] > floor) {
                heap[size++] = id;
            }
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            siftDown(i);
        }
    }

    /** How many tokens have not been given yet. */
    int size() {
        return size;
    }

    /** The best token that has not been given yet; there must be one. */
    int next() {
        int best = heap[0];
        heap[0] = heap[--size];
        siftDown(0);
        return best;
    }

    /** Sets the score of every token that has not been given to minus infinity. */
    void excludeRest(float[] scores) {
        for (int i = 0; i < size; i++) {
            scores[heap[i]] = Float.NEGATIVE_INFINITY;
        }
    }

    private void siftDown(int root) {
        int id = heap[root];
        int hole = root;
        for (int child; (child = 2 * hole + 1) < size; hole = child) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], id)) {
                break;
            }
            heap[hole] = heap[child];
        }
        heap[hole] = id;
    }

    private boolean before(int left, int right) {
        return keys[left] != keys[right] ? keys[left] > keys[right] : left > right;
    }
}
