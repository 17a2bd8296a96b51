package dev.confab.evaluation.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The tokenisation of NIST's {@code mteval-v14c.pl} for Western languages: ASCII letters in lower case, punctuation on
 * its own, but for points and commas inside numbers. Words that begin with {@code http://} or {@code https://} stay as
 * they are. {@code MetricsGoldenTest} holds it to that.
 *
 * <pre>{@code
 * MtevalTokenizer.tokenize("It costs $1,234.56 or 20% less."); // it costs $ 1,234.56 or 20 % less .
 * }</pre>
 */
public final class MtevalTokenizer {
    private static final Pattern ADDRESS = Pattern.compile("^https?://");
    private static final Pattern PLAIN_WORD = Pattern.compile("[a-z']+");
    private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
    private static final Pattern POINT_AFTER_NO_DIGIT = Pattern.compile("([^0-9])([.,])");
    private static final Pattern POINT_BEFORE_NO_DIGIT = Pattern.compile("([.,])([^0-9])");
    private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

    private MtevalTokenizer() {}

    /** The tokens of a text. */
    public static List<String> tokenize(String text) {
        List<String> tokens = new ArrayList<>();
        for (String word : Words.split(text)) {
            if (ADDRESS.matcher(word).find()) {
                tokens.add(word);
            } else {
                String lower = lowerCase(word);
                if (PLAIN_WORD.matcher(lower).matches()) {
                    tokens.add(lower);
                } else {
                    tokens.addAll(Words.split(separate(lower)));
                }
            }
        }
        return tokens;
    }

    private static String separate(String word) {
        String text = word.replace("<skipped>", "")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        text = PUNCTUATION.matcher(" " + text + " ").replaceAll(" $1 ");
        text = POINT_AFTER_NO_DIGIT.matcher(text).replaceAll("$1 $2 ");
        text = POINT_BEFORE_NO_DIGIT.matcher(text).replaceAll(" $1 $2");
        return DASH_AFTER_DIGIT.matcher(text).replaceAll("$1 $2 ");
    }

    /** ASCII letters alone, as Perl's {@code tr} does it. */
    private static String lowerCase(String word) {
        char[] letters = word.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= 'A' && letters[i] <= 'Z') {
                letters[i] = (char) (letters[i] + 'a' - 'A');
            }
        }
        return new String(letters);
    }
}
