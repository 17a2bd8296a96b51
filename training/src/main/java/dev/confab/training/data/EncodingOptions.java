package dev.confab.training.data;

/**
 * How dialogues become rows of token ids.
 *
 * @param context the most ids in a row, at least 8: the model's context or less
 * @param lossOn which turns are learned
 * @param reverse puts the turns in reversed order, to train the model that says what a reply may have answered; the order
 *     of the ids inside a turn stays
 */
public record EncodingOptions(int context, LossOn lossOn, boolean reverse) {
    private static final int SMALLEST_CONTEXT = 8;

    /**
     * Checks the context.
     *
     * @throws IllegalArgumentException if it is below 8
     */
    public EncodingOptions {
        if (context < SMALLEST_CONTEXT) {
            throw new IllegalArgumentException(
                    "the context is " + context + " tokens, expected " + SMALLEST_CONTEXT + " or more");
        }
    }
}
