package dev.confab.engine.generation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small operations on arrays of token ids. */
final class Tokens {
    private Tokens() {}

    /** The list as an array, empty where there is none. */
    static int[] array(@Nullable List<Integer> tokens) {
        return tokens == null
                ? new int[0]
                : tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    static boolean contains(int[] tokens, int token) {
        for (int candidate : tokens) {
            if (candidate == token) {
                return true;
            }
        }
        return false;
    }

    /** Whether the array holds the same tokens from two places on. */
    static boolean equal(int[] tokens, int left, int right, int length) {
        for (int i = 0; i < length; i++) {
            if (tokens[left + i] != tokens[right + i]) {
                return false;
            }
        }
        return true;
    }

    /** How many tokens the beginnings of two sequences share. */
    static int commonPrefix(int[] left, int leftLength, int[] right, int rightLength) {
        int shared = 0;
        while (shared < leftLength && shared < rightLength && left[shared] == right[shared]) {
            shared++;
        }
        return shared;
    }
}
