package dev.confab.engine.generation;

/**
 * Told of each generated token as soon as it is final, by the thread that generates.
 *
 * <p>With beams a token is final when all beams that can still win agree on it; only the best sequence is reported.
 */
@FunctionalInterface
public interface GenerationListener {
    /** One that does nothing. */
    GenerationListener NONE = (sequence, token) -> {};

    /**
     * A token of a reply is final.
     *
     * @param sequence 0 to {@code num_return_sequences}, exclusive
     * @param token its next token
     */
    void onToken(int sequence, int token);
}
