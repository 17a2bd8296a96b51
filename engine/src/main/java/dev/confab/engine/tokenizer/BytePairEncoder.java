package dev.confab.engine.tokenizer;

/**
 * Byte-pair encoding of one word (Sennrich, Haddow, Birch 2016, on bytes as in GPT-2): starts from its bytes and does
 * the earliest known merge, at all its places from left to right, until no two neighbours merge.
 *
 * <p>Short words, nearly all, are done in place with two small arrays, in time quadratic in their length; others by
 * {@link LongWord}. Both do the merges of one rank before they look at the pairs which those made, as the reference
 * does. One encoder is one call's scratch space: for one thread.
 */
final class BytePairEncoder {
    /** What stands for a byte that the vocabulary lacks; it merges with nothing. */
    static final int MISSING = -1;

    private static final int SHORT_WORD = 40;

    private final int[] byteTokens;
    private final MergeTable merges;
    private final long[] pairs = new long[SHORT_WORD];
    private int[] symbols = new int[4 * SHORT_WORD];
    private int length;

    /**
     * Scratch space over a shared vocabulary.
     *
     * @param byteTokens the token of each of the 256 bytes, or {@link #MISSING}
     */
    BytePairEncoder(int[] byteTokens, MergeTable merges) {
        this.byteTokens = byteTokens;
        this.merges = merges;
    }

    /** Encodes the characters of {@code text} from {@code start} to {@code end}; the result is in {@link #symbol}. */
    void encode(String text, int start, int end) {
        spellInBytes(text, start, end);
        if (length <= SHORT_WORD) {
            mergeShort();
        } else {
            length = new LongWord(symbols, length, merges).merge();
        }
    }

    /** How many tokens the word became. */
    int length() {
        return length;
    }

    /** One of them, or {@link #MISSING}. */
    int symbol(int index) {
        return symbols[index];
    }

    /** UTF-8, each byte as its token. An unpaired surrogate has no UTF-8 and becomes U+FFFD. */
    private void spellInBytes(String text, int start, int end) {
        int capacity = Math.multiplyExact(3, end - start);
        if (symbols.length < capacity) {
            symbols = new int[capacity];
        }
        length = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                symbols[length++] = byteTokens[c];
            } else if (c < 0x800) {
                addByte(0xC0 | (c >> 6));
                addContinuation(c);
            } else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1))) {
                int codePoint = Character.toCodePoint(c, text.charAt(++i));
                addByte(0xF0 | (codePoint >> 18));
                addContinuation(codePoint >> 12);
                addContinuation(codePoint >> 6);
                addContinuation(codePoint);
            } else {
                int codePoint = Character.isSurrogate(c) ? Utf8Decoder.REPLACEMENT : c;
                addByte(0xE0 | (codePoint >> 12));
                addContinuation(codePoint >> 6);
                addContinuation(codePoint);
            }
        }
    }

    private void addContinuation(int bits) {
        addByte(0x80 | (bits & 0x3F));
    }

    private void addByte(int unsignedByte) {
        symbols[length++] = byteTokens[unsignedByte];
    }

    private void mergeShort() {
        long best = MergeTable.NONE;
        for (int i = 0; i + 1 < length; i++) {
            pairs[i] = merges.find(symbols[i], symbols[i + 1]);
            best = Math.min(best, pairs[i]);
        }
        while (best != MergeTable.NONE) {
            for (int i = 0; i + 1 < length; i++) {
                if (pairs[i] == best) {
                    mergeAt(i, MergeTable.merged(best));
                }
            }
            best = MergeTable.NONE;
            for (int i = 0; i + 1 < length; i++) {
                best = Math.min(best, pairs[i]);
            }
        }
    }

    private void mergeAt(int index, int merged) {
        symbols[index] = merged;
        length--;
        for (int i = index + 1; i < length; i++) {
            symbols[i] = symbols[i + 1];
            pairs[i] = pairs[i + 1];
        }
        if (index > 0) {
            pairs[index - 1] = merges.find(symbols[index - 1], merged);
        }
        if (index + 1 < length) {
            pairs[index] = merges.find(merged, symbols[index + 1]);
        }
    }
}
