package dev.confab.dialogue.memory;

/**
 * How much of a conversation the model is shown, and what becomes of the rest.
 *
 * <p>When the turns take more than the budget, so many of the oldest go at once that {@code keep} of it is left. So for
 * many turns after that the prompt only grows at its end, and what the model has read of it need not be read again.
 *
 * @param tokenBudget the most tokens of persona, summary and turns together; the model's own limit holds as well
 * @param keep the part of the budget that is left after turns went, 0.1 to 1
 * @param summaryTokens the most tokens of a summary of turns that went; 0 for none
 * @param recalledTurns how many of the turns that went are shown again when what is said now resembles them; 0 for none
 */
public record Memory(int tokenBudget, double keep, int summaryTokens, int recalledTurns) {
    /**
     * Five hundred tokens: DialoGPT was trained on 128 at a time, and its replies get poorer and shorter beyond some
     * hundreds.
     */
    public static final int DEFAULT_BUDGET = 500;

    /** More turns than this do not come back at once. */
    public static final int MOST_RECALLED = 100;

    private static final double DEFAULT_KEEP = 0.6;

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public Memory {
        if (tokenBudget < 1 || summaryTokens < 0 || recalledTurns < 0 || recalledTurns > MOST_RECALLED) {
            throw new IllegalArgumentException("memory of " + tokenBudget + " tokens, " + summaryTokens
                    + " for a summary, " + recalledTurns + " recalled turns; choose 1 or more, 0 or more, 0 to "
                    + MOST_RECALLED);
        }
        if (!(keep >= 0.1 && keep <= 1)) {
            throw new IllegalArgumentException("memory keeps " + keep + " of its budget; choose 0.1 to 1");
        }
    }

    /** The latest turns within {@link #DEFAULT_BUDGET}, without summary and recall. */
    public static Memory defaults() {
        return ofTokens(DEFAULT_BUDGET);
    }

    /** The latest turns within a budget, without summary and recall. */
    public static Memory ofTokens(int tokenBudget) {
        return new Memory(tokenBudget, DEFAULT_KEEP, 0, 0);
    }

    /** With a summary of what the person told in turns that went. */
    public Memory withSummary(int tokens) {
        return new Memory(tokenBudget, keep, tokens, recalledTurns);
    }

    /** With turns that come back when they are of use. */
    public Memory withRecall(int turns) {
        return new Memory(tokenBudget, keep, summaryTokens, turns);
    }

    /** With another part of the budget that is left after turns went. */
    public Memory withKeep(double part) {
        return new Memory(tokenBudget, part, summaryTokens, recalledTurns);
    }
}
