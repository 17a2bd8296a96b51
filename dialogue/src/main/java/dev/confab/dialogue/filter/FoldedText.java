package dev.confab.dialogue.filter;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * A text as it looks to a reader who does not care for case, accents and scripts: in lower case, without diacritics and
 * invisible characters, letters that look Latin as Latin ones. Each of its characters knows where it came from.
 */
final class FoldedText {
    private final StringBuilder text;
    private int[] starts;
    private int[] ends;

    private FoldedText(int length) {
        text = new StringBuilder(length);
        starts = new int[length + 1];
        ends = new int[length + 1];
    }

    /** Folds a text. */
    static FoldedText of(String original) {
        var folded = new FoldedText(original.length());
        for (int start = 0; start < original.length(); ) {
            int codePoint = original.codePointAt(start);
            int end = start + Character.charCount(codePoint);
            if (codePoint < 128) {
                folded.add((char) (codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint), start, end);
            } else {
                folded.addUnusual(codePoint, start, end);
            }
            start = end;
        }
        return folded;
    }

    private void addUnusual(int codePoint, int start, int end) {
        String decomposed = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
        decomposed.codePoints().filter(FoldedText::isVisible).forEach(part -> {
            for (char unit : Character.toChars(Character.toLowerCase(Confusables.latin(part)))) {
                add(unit, start, end);
            }
        });
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> false;
            default -> true;
        };
    }

    private void add(char unit, int start, int end) {
        int length = text.length();
        if (length == starts.length) {
            starts = Arrays.copyOf(starts, 2 * length);
            ends = Arrays.copyOf(ends, 2 * length);
        }
        starts[length] = start;
        ends[length] = end;
        text.append(unit);
    }

    int length() {
        return text.length();
    }

    char charAt(int index) {
        return text.charAt(index);
    }

    /** Where the character at an index begins in the original text. */
    int start(int index) {
        return starts[index];
    }

    /** Where the character at an index ends in the original text, exclusive. */
    int end(int index) {
        return ends[index];
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
