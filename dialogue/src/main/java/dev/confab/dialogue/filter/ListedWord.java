package dev.confab.dialogue.filter;

import dev.confab.engine.error.ConfabException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A word or phrase of a {@link WordList} in its plain spelling. Immutable. */
final class ListedWord {
    private static final int FEWEST_LETTERS = 2;
    private static final int FEWEST_LETTERS_INSIDE = 3;
    private static final int LONGEST_STARS = 3;

    private final String keyword;
    private final int[] runs;
    private final boolean allowed;

    private ListedWord(String keyword, int[] runs, boolean allowed) {
        this.keyword = keyword;
        this.runs = runs;
        this.allowed = allowed;
    }

    /**
     * Reads an entry: {@code word}, {@code begins*}, {@code *ends}, {@code *inside*} or {@code a whole phrase}.
     *
     * @throws ConfabException if it has no letters, so few that it would be found everywhere, or a star in its middle
     */
    static ListedWord of(String entry, boolean allowed) {
        boolean openStart = entry.startsWith("*");
        boolean openEnd = entry.length() > 1 && entry.endsWith("*");
        String core = entry.substring(openStart ? 1 : 0, entry.length() - (openEnd ? 1 : 0));
        if (core.contains("*")) {
            throw new ConfabException(
                    "'%s' has a * in its middle, expected one only at the beginning or the end".formatted(entry));
        }
        Spelling words = SpelledText.of(FoldedText.of(core)).getFirst().words();
        String letters = words.letters();
        int from = openStart ? 1 : 0;
        int to = letters.length() - (openEnd ? 1 : 0);
        int fewest = openStart || openEnd ? FEWEST_LETTERS_INSIDE : FEWEST_LETTERS;
        int count = Arrays.stream(words.runs(0, letters.length())).sum()
                - (int) letters.chars().filter(c -> c == ' ').count();
        if (count < fewest) {
            throw new ConfabException(
                    "'%s' has %d letters or digits, expected at least %d".formatted(entry, count, fewest));
        }
        return new ListedWord(letters.substring(from, to), words.runs(from, to), allowed);
    }

    /** Its letters, with a space where a word begins or ends; a {@code *} where letters may be starred out. */
    String keyword() {
        return keyword;
    }

    /** How often each of these letters stands. */
    int[] runs() {
        return runs;
    }

    /** Whether it is an exception: nothing inside it counts. */
    boolean allowed() {
        return allowed;
    }

    /** Its letters without the spaces around them. */
    String bare() {
        return keyword.strip();
    }

    /** How often each of the letters without the spaces around stands. */
    int[] bareRuns() {
        int from = keyword.startsWith(" ") ? 1 : 0;
        return Arrays.copyOfRange(runs, from, from + bare().length());
    }

    /** The same word with up to three letters of its middle starred out, in all ways; none for a phrase. */
    List<ListedWord> starredOut() {
        int first = keyword.startsWith(" ") ? 1 : 0;
        int last = first + bare().length() - 1;
        List<ListedWord> variants = new ArrayList<>();
        if (allowed || bare().contains(" ")) {
            return variants;
        }
        for (int from = first + 1; from < last; from++) {
            int stars = 0;
            for (int to = from; to < last && stars + runs[to] <= LONGEST_STARS; to++) {
                stars += runs[to];
                variants.add(starred(from, to + 1, stars));
            }
        }
        return variants;
    }

    private ListedWord starred(int from, int to, int stars) {
        int[] variant = new int[runs.length - (to - from) + 1];
        System.arraycopy(runs, 0, variant, 0, from);
        variant[from] = stars;
        System.arraycopy(runs, to, variant, from + 1, runs.length - to);
        return new ListedWord(keyword.substring(0, from) + "*" + keyword.substring(to), variant, false);
    }
}
