package dev.confab.training.data;

import java.util.List;

/**
 * Turns that belong together, in the order in which they were said.
 *
 * @param turns at least one
 */
public record Dialogue(List<Turn> turns) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are no turns
     */
    public Dialogue {
        turns = List.copyOf(turns);
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("a dialogue needs a turn");
        }
    }

    /**
     * A number between 0 (inclusive) and 1 (exclusive) that depends on the turns' texts alone, and not on the file, the
     * place in it, the process or the Java that it is computed with. Equal dialogues have equal numbers, so a split by it
     * cannot put one dialogue on both sides.
     */
    public double share() {
        long hash = 0xcbf29ce484222325L;
        for (Turn turn : turns) {
            String text = turn.text();
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            hash = (hash ^ 0x10ffff) * 0x100000001b3L;
        }
        return (Permutation.mix(hash) >>> 11) * 0x1p-53;
    }
}
