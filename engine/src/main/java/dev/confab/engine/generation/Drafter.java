package dev.confab.engine.generation;

/** Proposes how a sequence may go on; the model then reads all proposals in one pass. Belongs to one thread. */
sealed interface Drafter extends AutoCloseable permits PromptLookup, DraftModel {
    /** The greatest number of tokens that are proposed at a time. */
    int limit();

    /**
     * Proposes the next tokens.
     *
     * @param sequence the sequence so far; unchanged afterwards
     * @param chooser what the model will choose these tokens with
     * @param proposals takes the proposed tokens
     * @param limit propose no more than these
     * @return how many there are, perhaps none
     */
    int propose(TokenSequence sequence, DraftedChoice chooser, int[] proposals, int limit);

    @Override
    void close();
}
