package dev.confab.engine.generation;

/**
 * Told of each generated token as soon as it is final, by the thread that asked for the reply. While it works, other
 * requests go on; its own goes on too, and tells it afterwards what has come.
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

    /**
     * A token of a reply is final.
     *
     * @param sequence 0 to {@code num_return_sequences}, exclusive
     * @param token its next token
     * @param logProbability the model's own, before any processor, in greedy search and sampling with
     *     {@code output_scores}; otherwise not a number
     */
    default void onToken(int sequence, int token, float logProbability) {
        onToken(sequence, token);
    }

    /**
     * The request has to wait for others, or its place in line has changed.
     *
     * @param place 1 for the next to begin; 0 once it has begun
     */
    default void onWaiting(int place) {}
}
