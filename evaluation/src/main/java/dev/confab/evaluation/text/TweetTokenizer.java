package dev.confab.evaluation.text;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * NLTK 3.8's {@code TweetTokenizer} as far as text of lower-case ASCII letters, digits and the marks
 * {@code ():,.!?"'_} goes, which is all that {@link DialogueCleaner} leaves: domain names, telephone numbers and
 * emoticons stay whole, punctuation stands alone.
 */
final class TweetTokenizer {
    private static final String DOMAIN = "[a-z0-9]+(?:[.\\-][a-z0-9]+)*[.][a-z]{2,13}\\b/?";
    private static final String TELEPHONE =
            "(?:\\+?[01][ *\\-.\\)]*)?(?:\\(?\\d{3}[ *\\-.\\)]*)?\\d{3}[ *\\-.\\)]*\\d{4}";
    private static final String EYES = "[:;=8]";
    private static final String NOSE = "[\\-o*']?";
    private static final String MOUTH = "[)\\]\\(\\[dp/:}{@|\\\\]";
    private static final String EMOTICON = EYES + NOSE + MOUTH + "|" + MOUTH + NOSE + EYES;
    private static final String WORD_WITH_APOSTROPHE = "[a-z][a-z'\\-_]+[a-z]";
    private static final String NUMBER = "[+\\-]?\\d+[,/.:\\-]\\d+[+\\-]?";
    private static final String WORD = "\\w+";
    private static final String ELLIPSIS = "\\.(?:\\s*\\.)+";
    private static final Pattern TOKEN = Pattern.compile(
            String.join("|", DOMAIN, TELEPHONE, EMOTICON, WORD_WITH_APOSTROPHE, NUMBER, WORD, ELLIPSIS, "\\S"));

    /** Four or more of the same mark are cut to three before anything else is done. */
    private static final Pattern MANY_MARKS = Pattern.compile("([^a-zA-Z0-9])\\1{3,}");

    private TweetTokenizer() {}

    static List<String> tokenize(String text) {
        String shortened = MANY_MARKS.matcher(text).replaceAll("$1$1$1");
        return TOKEN.matcher(shortened).results().map(MatchResult::group).toList();
    }
}
