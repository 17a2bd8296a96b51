package dev.confab.engine.tokenizer;

/**
 * Texts as rows of token ids of one length. A carrier of two arrays: equal only to itself, and its reader may change
 * them.
 *
 * @param inputIds ids, (texts, tokens)
 * @param attentionMask 1 for a token of the text and 0 for padding, (texts, tokens)
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedBatch(int[][] inputIds, int[][] attentionMask) {}
