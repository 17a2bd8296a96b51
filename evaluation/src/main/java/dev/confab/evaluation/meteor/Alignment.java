package dev.confab.evaluation.meteor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which words of a reply and a reference are matched with each other, each with at most one.
 *
 * @param matches the matches in the order of the reference
 * @param chunks into how many pieces the matched words fall, of which each stands in one row in both texts
 */
record Alignment(List<WordMatch> matches, int chunks) {
    /** Copies the list. */
    Alignment {
        matches = List.copyOf(matches);
    }

    /** Counts the pieces of matches by position in the reference, with null where a word is not matched. */
    static int chunks(@Nullable WordMatch[] matches) {
        int chunks = 0;
        WordMatch last = null;
        for (WordMatch match : matches) {
            if (match != null && (last == null || match.reply() != last.reply() + 1)) {
                chunks++;
            }
            last = match;
        }
        return chunks;
    }
}
