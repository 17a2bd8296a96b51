package dev.confab.engine.tokenizer;

/**
 * How text is prepared before it is encoded. A tokenizer's own are {@link Tokenizer#encodeOptions()}.
 *
 * @param addPrefixSpace puts a space before the text, so that its first word is encoded as one within a sentence
 * @param splitSpecialTokens encodes the spelling of added and special tokens as any other text, so that untrusted input
 *     cannot contain them
 */
public record EncodeOptions(boolean addPrefixSpace, boolean splitSpecialTokens) {
    /** The same with or without a space before the text. */
    public EncodeOptions withAddPrefixSpace(boolean addPrefixSpace) {
        return new EncodeOptions(addPrefixSpace, splitSpecialTokens);
    }

    /** The same with special tokens taken as text or as tokens. */
    public EncodeOptions withSplitSpecialTokens(boolean splitSpecialTokens) {
        return new EncodeOptions(addPrefixSpace, splitSpecialTokens);
    }
}
