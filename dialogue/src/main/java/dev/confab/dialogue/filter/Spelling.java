package dev.confab.dialogue.filter;

import java.util.Arrays;

/**
 * Words with the tricks taken out: {@code $h1ttt} is {@code shit}. Digits and signs that stand for letters are letters,
 * and a letter that is repeated stands once, with the number of its repetitions beside it. Words lie between single
 * spaces. A {@code *} stands for any letters that were starred out.
 */
final class Spelling {
    /** A letter that was repeated this often is repeated for emphasis, and may stand for fewer. */
    private static final int EMPHASIS = 3;

    private final FoldedText source;
    /** What a one, an exclamation mark and a bar stand for: i or l. */
    private final char one;

    private final StringBuilder letters = new StringBuilder();
    private int[] firsts = new int[16];
    private int[] lasts = new int[16];
    private int[] runs = new int[16];

    Spelling(FoldedText source, char one) {
        this.source = source;
        this.one = one;
    }

    /** Spells a word out of the source's characters at some places, and adds it. */
    void add(int[] places) {
        boolean letterlike = isMostlyLetters(places);
        for (int i = 0; i < places.length; i++) {
            char unit = source.charAt(places[i]);
            char letter = letterlike ? letter(unit) : unit;
            int last = letters.length() - 1;
            if (i > 0 && letters.charAt(last) == letter) {
                runs[last]++;
                lasts[last] = places[i];
            } else {
                append(letter, places[i]);
            }
        }
    }

    /** Ends a word. */
    void addSpace() {
        append(' ', 0);
    }

    private void append(char letter, int place) {
        int length = letters.length();
        if (length == runs.length) {
            firsts = Arrays.copyOf(firsts, 2 * length);
            lasts = Arrays.copyOf(lasts, 2 * length);
            runs = Arrays.copyOf(runs, 2 * length);
        }
        firsts[length] = place;
        lasts[length] = place;
        runs[length] = 1;
        letters.append(letter);
    }

    /** A number is a number, but a word with a few digits in it is a word. */
    private boolean isMostlyLetters(int[] places) {
        int count = 0;
        for (int place : places) {
            char unit = source.charAt(place);
            count += Character.isLetter(unit) || unit == '@' || unit == '$' ? 1 : 0;
        }
        return 2 * count >= places.length;
    }

    private char letter(char unit) {
        return switch (unit) {
            case '0' -> 'o';
            case '1', '!', '|' -> one;
            case '3' -> 'e';
            case '4', '@' -> 'a';
            case '5', '$' -> 's';
            case '7', '+' -> 't';
            case '8' -> 'b';
            case '9' -> 'g';
            case '#' -> '*';
            default -> unit;
        };
    }

    /** The letters of all words. */
    String letters() {
        return letters.toString();
    }

    /** How often each of some letters is repeated. */
    int[] runs(int from, int to) {
        return Arrays.copyOfRange(runs, from, to);
    }

    /** Whether letters from an index on are repeated as often as in a word of a list, or for emphasis. */
    boolean repeats(int from, int[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            int found = runs[from + i];
            if (found != wanted[i] && (found < EMPHASIS || found < wanted[i])) {
                return false;
            }
        }
        return true;
    }

    /** Where a letter begins in the original text. */
    int start(int index) {
        return source.start(firsts[index]);
    }

    /** Where a letter's last repetition ends in the original text, exclusive. */
    int end(int index) {
        return source.end(lasts[index]);
    }
}
