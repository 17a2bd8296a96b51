package dev.confab.engine.tokenizer;

/**
 * How several texts become rows of one length. A tokenizer's own are {@link Tokenizer#batchOptions()}.
 *
 * @param maxLength longest row that may come out, in tokens; longer ones are cut. {@link Integer#MAX_VALUE} cuts none
 * @param truncationSide where they are cut
 * @param paddingSide where shorter rows are filled; generation needs {@link Side#LEFT}
 */
public record BatchOptions(int maxLength, Side truncationSide, Side paddingSide) {
    /**
     * Options for a batch.
     *
     * @throws IllegalArgumentException if {@code maxLength} is not positive
     */
    public BatchOptions {
        if (maxLength <= 0) {
            throw new IllegalArgumentException("maxLength is " + maxLength + ", expected at least 1");
        }
    }

    /** The same with another longest row. */
    public BatchOptions withMaxLength(int maxLength) {
        return new BatchOptions(maxLength, truncationSide, paddingSide);
    }

    /** The same, cut at another side. */
    public BatchOptions withTruncationSide(Side truncationSide) {
        return new BatchOptions(maxLength, truncationSide, paddingSide);
    }

    /** The same, filled at another side. */
    public BatchOptions withPaddingSide(Side paddingSide) {
        return new BatchOptions(maxLength, truncationSide, paddingSide);
    }
}
