package dev.confab.engine;

import java.util.Arrays;

/** Small help with arrays of token ids. */
public final class Tokens {
    private Tokens() {}

    /** The parts one after the other: {@code concat({1}, {2, 3})} is {@code {1, 2, 3}}. */
    public static int[] concat(int[]... parts) {
        int[] all = new int[Arrays.stream(parts).mapToInt(p -> p.length).sum()];
        int end = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, end, part.length);
            end += part.length;
        }
        return all;
    }

    /**
     * The ids from index {@code start} on: {@code from({1, 2, 3}, 1)} is {@code {2, 3}}.
     *
     * @throws IndexOutOfBoundsException if there is no such index
     */
    public static int[] from(int[] ids, int start) {
        if (start < 0 || start > ids.length) {
            throw new IndexOutOfBoundsException("index " + start + " of " + ids.length + " ids");
        }
        return Arrays.copyOfRange(ids, start, ids.length);
    }
}
