package dev.confab.dialogue.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words of a text in their plain spelling, and the words that its letters make when what stands between them is left
 * out: {@code b a d}, {@code b.a.d}, {@code ba-d}, {@code bad99}.
 *
 * @param words all words, between spaces
 * @param joined words made of pieces, each on its own
 */
record SpelledText(Spelling words, List<Joined> joined) {
    private static final int LONGEST_JOINED = 40;

    /**
     * A word made of pieces.
     *
     * @param spelling its letters
     * @param spaced whether they stood apart, so that it may be several words in one
     */
    record Joined(Spelling spelling, boolean spaced) {}

    /** The readings of a text: two where it has signs that stand for an i as well as for an l. */
    static List<SpelledText> of(FoldedText text) {
        List<int[]> tokens = tokens(text);
        boolean ambiguous =
                tokens.stream().flatMapToInt(IntStream::of).anyMatch(place -> isAmbiguous(text.charAt(place)));
        return ambiguous ? List.of(read(text, tokens, 'i'), read(text, tokens, 'l')) : List.of(read(text, tokens, 'i'));
    }

    private static boolean isAmbiguous(char unit) {
        return unit == '1' || unit == '!' || unit == '|';
    }

    private static SpelledText read(FoldedText text, List<int[]> tokens, char one) {
        var words = new Spelling(text, one);
        List<Joined> joined = new ArrayList<>();
        words.addSpace();
        for (int[] token : tokens) {
            words.add(token);
            words.addSpace();
            int[] core = withoutDigitsAround(text, token);
            if (core.length > 1 && core.length < token.length) {
                joined.add(new Joined(spell(text, core, one), false));
            }
        }
        for (int from = 0; from < tokens.size(); ) {
            int to = endOfPieces(text, tokens, from);
            if (to - from > 1) {
                int[] places = tokens.subList(from, to).stream()
                        .flatMapToInt(IntStream::of)
                        .limit(LONGEST_JOINED + 1)
                        .toArray();
                if (places.length <= LONGEST_JOINED) {
                    joined.add(new Joined(spell(text, places, one), places.length == to - from));
                }
            }
            from = to;
        }
        return new SpelledText(words, joined);
    }

    private static Spelling spell(FoldedText text, int[] places, char one) {
        var spelling = new Spelling(text, one);
        spelling.add(places);
        return spelling;
    }

    /** The places of each word's characters; signs that cannot stand for a letter, or stand outside, are no part of it. */
    private static List<int[]> tokens(FoldedText text) {
        List<int[]> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isPartOfWord(text.charAt(i))) {
                continue;
            }
            int from = start;
            int to = i;
            while (from < to && "!|+*#".indexOf(text.charAt(from)) >= 0) {
                from++;
            }
            while (to > from && "!|+*#".indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
            if (to > from) {
                tokens.add(IntStream.range(from, to).toArray());
            }
            start = i + 1;
        }
        return tokens;
    }

    private static boolean isPartOfWord(char unit) {
        return Character.isLetterOrDigit(unit) || "@$!|+*#".indexOf(unit) >= 0;
    }

    private static int[] withoutDigitsAround(FoldedText text, int[] token) {
        int from = 0;
        int to = token.length;
        while (from < to && Character.isDigit(text.charAt(token[from]))) {
            from++;
        }
        while (to > from && Character.isDigit(text.charAt(token[to - 1]))) {
            to--;
        }
        return IntStream.range(from, to).map(i -> token[i]).toArray();
    }

    /** The first token after those that stand apart by the same single sign; by a space only where all are one letter. */
    private static int endOfPieces(FoldedText text, List<int[]> tokens, int from) {
        char sign = signAfter(text, tokens, from);
        int to = from + 1;
        while (to < tokens.size()
                && sign != 0
                && signAfter(text, tokens, to - 1) == sign
                && (sign != ' ' || (tokens.get(to - 1).length == 1 && tokens.get(to).length == 1))) {
            to++;
        }
        return to;
    }

    /** The single sign between a token and the next, or 0. An apostrophe is none: "he'll" is no other word. */
    private static char signAfter(FoldedText text, List<int[]> tokens, int index) {
        if (index + 1 >= tokens.size()) {
            return 0;
        }
        int place = tokens.get(index)[tokens.get(index).length - 1] + 1;
        char sign = Character.isWhitespace(text.charAt(place)) ? ' ' : text.charAt(place);
        boolean single = tokens.get(index + 1)[0] == place + 1;
        return single && sign != '\'' && sign != '\u2019' ? sign : 0;
    }
}
