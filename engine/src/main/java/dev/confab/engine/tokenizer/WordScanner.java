package dev.confab.engine.tokenizer;

/**
 * Cuts text into the words that byte-pair encoding works within.
 *
 * <p>By hand, since it is the hottest loop, what GPT-2's pattern does:
 *
 * <pre>{@code 's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+}</pre>
 *
 * <p>Every character belongs to one of four kinds, so a word is a contraction, a run of one kind with perhaps one space
 * (U+0020) before it, or white space; white space before something else leaves its last character to that. White space
 * is Unicode's {@code White_Space} property, which neither {@link Character#isWhitespace} nor
 * {@link Character#isSpaceChar} is. An unpaired surrogate counts as a symbol.
 *
 * <p>Stateless; for any thread.
 */
public final class WordScanner {
    private static final byte SYMBOL = 0;
    private static final byte LETTER = 1;
    private static final byte NUMBER = 2;
    private static final byte SPACE = 3;

    /** The kind of every character of the basic plane. */
    private static final byte[] KINDS = kinds();

    private WordScanner() {}

    /**
     * Where the word that starts at an index ends.
     *
     * @param start index of its first character, below {@code limit}
     * @param limit end of the text to look at, exclusive
     * @return index after its last character, above {@code start} and at most {@code limit}
     */
    public static int wordEnd(String text, int start, int limit) {
        char first = text.charAt(start);
        if (first == '\'') {
            int end = contractionEnd(text, start, limit);
            if (end > start) {
                return end;
            }
        }
        int content = first == ' ' && start + 1 < limit ? start + 1 : start;
        byte kind = kindAt(text, content, limit);
        if (kind != SPACE) {
            return runEnd(text, content, limit, kind);
        }
        int end = runEnd(text, content, limit, SPACE);
        return end < limit && end - start > 1 ? end - 1 : end;
    }

    private static int contractionEnd(String text, int apostrophe, int limit) {
        if (apostrophe + 1 >= limit) {
            return apostrophe;
        }
        char second = text.charAt(apostrophe + 1);
        if (second == 's' || second == 't' || second == 'm' || second == 'd') {
            return apostrophe + 2;
        }
        char third = apostrophe + 2 < limit ? text.charAt(apostrophe + 2) : 0;
        boolean contraction =
                (second == 'r' && third == 'e') || (second == 'v' && third == 'e') || (second == 'l' && third == 'l');
        return contraction ? apostrophe + 3 : apostrophe;
    }

    private static int runEnd(String text, int start, int limit, byte kind) {
        int i = start;
        while (i < limit && kindAt(text, i, limit) == kind) {
            i += isPairAt(text, i, limit) ? 2 : 1;
        }
        return i;
    }

    private static byte kindAt(String text, int index, int limit) {
        return isPairAt(text, index, limit)
                ? kind(Character.toCodePoint(text.charAt(index), text.charAt(index + 1)))
                : KINDS[text.charAt(index)];
    }

    private static boolean isPairAt(String text, int index, int limit) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < limit
                && Character.isLowSurrogate(text.charAt(index + 1));
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c < kinds.length; c++) {
            kinds[c] = kind(c);
        }
        return kinds;
    }

    private static byte kind(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> LETTER;
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> NUMBER;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> SPACE;
            default -> (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85 ? SPACE : SYMBOL;
        };
    }
}
