package dev.confab.dialogue;

import dev.confab.dialogue.memory.Eviction;
import dev.confab.dialogue.memory.Memory;
import dev.confab.engine.Tokens;
import java.util.ArrayList;
import java.util.List;

/** What the model is shown of a conversation. Immutable. */
final class Prompt {
    private final int[] tokens;
    private final int firstShown;

    private Prompt(int[] tokens, int firstShown) {
        this.tokens = tokens;
        this.firstShown = firstShown;
    }

    /**
     * The prompt for the reply to the last turn of a branch.
     *
     * @param path the branch, at least one turn
     * @param pinned turns that always come first, such as a persona's
     * @param limit the most tokens that the model has room for, at least 1
     */
    static Prompt of(List<Turn> path, List<int[]> pinned, TurnTokens tokens, Memory memory, int limit) {
        int budget = Math.min(memory.tokenBudget(), limit);
        List<int[]> parts = new ArrayList<>(fitting(pinned, budget / 2));
        int room = budget - length(parts);
        int[][] turns = path.stream().map(turn -> lastOf(tokens.of(turn), room)).toArray(int[][]::new);
        int[] lengths = new int[turns.length];
        for (int i = 0; i < turns.length; i++) {
            lengths[i] = turns[i].length;
        }
        int first = Eviction.firstShown(lengths, room, (int) (room * memory.keep()));
        if (first < path.size() - 1 && first > 0 && !path.get(first).isUser()) {
            first++; // a reply without what it replies to only confuses
        }
        parts.addAll(List.of(turns).subList(first, turns.length));
        return new Prompt(Tokens.concat(parts.toArray(int[][]::new)), first);
    }

    /** All of it, one turn after the other; not to be changed. */
    int[] tokens() {
        return tokens;
    }

    /** The index of the first turn of the branch that is in it. */
    int firstShown() {
        return firstShown;
    }

    /** As many turns from the front as fit. */
    private static List<int[]> fitting(List<int[]> turns, int limit) {
        int length = 0;
        for (int i = 0; i < turns.size(); i++) {
            length += turns.get(i).length;
            if (length > limit) {
                return turns.subList(0, i);
            }
        }
        return turns;
    }

    private static int length(List<int[]> turns) {
        return turns.stream().mapToInt(turn -> turn.length).sum();
    }

    /** A turn that is longer than all room loses its beginning. */
    private static int[] lastOf(int[] tokens, int limit) {
        return tokens.length <= limit ? tokens : Tokens.from(tokens, tokens.length - limit);
    }
}
