package dev.confab.dialogue.ranking;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Words of texts, for comparison. */
final class Words {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}']+");

    /** Words that say nothing about a subject. */
    private static final Set<String> COMMON =
            Set.of(("a an the and or but if so to of in on at for with from by as is am are was"
                            + " were be been it its i'm i you he she we they me my your our their this that these those not no yes do"
                            + " does did don't have has had what who how when where why which can could will would just like really"
                            + " very too about it's that's there here then than")
                    .split(" "));

    private Words() {}

    static List<String> of(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    static Set<String> ofSubject(String text) {
        Set<String> words = new HashSet<>(of(text));
        words.removeAll(COMMON);
        return words;
    }
}
