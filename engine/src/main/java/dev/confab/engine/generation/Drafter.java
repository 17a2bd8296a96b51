package dev.confab.engine.generation;

/** Proposes how a sequence may go on; the model then reads all proposals in one pass. Belongs to one thread. */
sealed interface Drafter extends AutoCloseable permits PromptLookup, DraftModel {
    /** The greatest number of tokens that are proposed at a time. */
    int limit();

    /**
     * Proposes the next tokens.
     *
     * @param sequence the sequence so far; unchanged afterwards
     * @param uniforms the random numbers that the model will draw these tokens with, empty when nothing is drawn
     * @param proposals takes the proposed tokens
     * @param limit propose no more than these
     * @return how many there are, perhaps none
     */
    int propose(TokenSequence sequence, double[] uniforms, int[] proposals, int limit);

    @Override
    void close();
}
