package dev.confab.dialogue.memory;

/**
 * Which turns of a conversation are still shown. A pure function of their lengths, so that a conversation that was put
 * away and taken up again is shown exactly as it would have been.
 */
public final class Eviction {
    private Eviction() {}

    /**
     * The first turn that is shown. The rule is replayed from the beginning: whenever the turns exceed the limit, the
     * oldest go until they are within what is kept. The latest turn never goes.
     *
     * @param lengths the tokens of each turn, the oldest first
     * @param limit the most tokens that may be shown
     * @param kept the tokens that may be left after turns went, at most the limit
     * @return an index into the lengths, or 0 if there are none
     */
    public static int firstShown(int[] lengths, int limit, int kept) {
        int first = 0;
        long total = 0;
        for (int i = 0; i < lengths.length; i++) {
            total += lengths[i];
            if (total > limit) {
                while (first < i && total > kept) {
                    total -= lengths[first++];
                }
            }
        }
        return first;
    }
}
