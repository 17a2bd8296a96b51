package dev.confab.evaluation;

import dev.confab.engine.error.ConfabException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which turns of a dialogue a model has to predict; the turns before are what it sees. */
public enum ScoredTurns {
    /** All, but for the first token, before which there is nothing. */
    ALL,
    /** All but the first: what DialoGPT is trained on. */
    REPLIES,
    /** The last alone. */
    LAST;

    /**
     * The choice of a name in lower case.
     *
     * @throws ConfabException if there is none; lists all names
     */
    public static ScoredTurns of(String name) {
        return Arrays.stream(values())
                .filter(choice -> choice.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new ConfabException("unknown choice of turns '" + name + "'; choose from "
                        + Arrays.stream(values()).map(ScoredTurns::label).collect(Collectors.joining(", "))));
    }

    /** The name in commands. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The first token that is scored, of turns of these lengths in a row. */
    int firstToken(List<int[]> turns) {
        return switch (this) {
            case ALL -> 1;
            case REPLIES -> turns.getFirst().length;
            case LAST ->
                Math.max(
                        1,
                        turns.subList(0, turns.size() - 1).stream()
                                .mapToInt(turn -> turn.length)
                                .sum());
        };
    }
}
