package dev.confab.training.data;

/**
 * How dialogues become rows of token ids.
 *
 * @param context the most ids in a row, at least 8: the model's context or less
 * @param lossOn which turns are learned
 * @param reverse puts the turns in reversed order, to train the model that says what a reply may have answered; the order
 *     of the ids inside a turn stays
 * @param overlap the most ids that a row of a dialogue too long for one repeats from the row before, as context: 0 to half
 *     the context. More of it teaches to look back further, and takes longer
 */
public record EncodingOptions(int context, LossOn lossOn, boolean reverse, int overlap) {
    private static final int SMALLEST_CONTEXT = 8;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public EncodingOptions {
        if (context < SMALLEST_CONTEXT) {
            throw new IllegalArgumentException(
                    "the context is " + context + " tokens, expected " + SMALLEST_CONTEXT + " or more");
        }
        if (overlap < 0 || overlap > context / 2) {
            throw new IllegalArgumentException(
                    "the overlap is " + overlap + " tokens, expected 0 to " + context / 2 + ", half of the context");
        }
    }

    /**
     * Rows that overlap by a quarter of the context.
     *
     * @throws IllegalArgumentException if the context is below 8
     */
    public EncodingOptions(int context, LossOn lossOn, boolean reverse) {
        this(context, lossOn, reverse, context / 4);
    }

    /** The same with another overlap. */
    public EncodingOptions withOverlap(int overlap) {
        return new EncodingOptions(context, lossOn, reverse, overlap);
    }
}
