package dev.confab.dialogue;

import dev.confab.engine.Tokens;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The turns that the model still sees, in tokens; the person's and the chatbot's alike end with the token that ends a
 * turn, which is how DialoGPT was trained.
 *
 * <p>Belongs to one thread.
 */
final class History {
    private final int endOfTurn;
    private final Deque<int[]> turns = new ArrayDeque<>();

    History(int endOfTurn) {
        this.endOfTurn = endOfTurn;
    }

    /** Adds a turn, which may end with the token that ends it or not. */
    void add(int[] turn) {
        boolean ended = turn.length > 0 && turn[turn.length - 1] == endOfTurn;
        turns.add(ended ? turn : Tokens.concat(turn, new int[] {endOfTurn}));
    }

    /** Forgets the latest turn. */
    void removeLast() {
        turns.removeLast();
    }

    /** Forgets all turns. */
    void clear() {
        turns.clear();
    }

    /**
     * All turns one after the other, after forgetting as many of the oldest as it takes to keep within a limit. A single
     * turn that is too long itself loses its beginning.
     *
     * @param limit the most tokens, at least 1
     */
    int[] prompt(int limit) {
        int length = turns.stream().mapToInt(turn -> turn.length).sum();
        while (length > limit && turns.size() > 1) {
            length -= turns.removeFirst().length;
        }
        int[] prompt = Tokens.concat(turns.toArray(int[][]::new));
        return prompt.length <= limit ? prompt : Tokens.from(prompt, prompt.length - limit);
    }
}
