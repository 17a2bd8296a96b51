package dev.confab.evaluation.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The cleaning that DialoGPT's published evaluation offers ({@code clean_str} of its {@code dstc} folder): lower case,
 * {@code __url__} for addresses, few marks, NLTK's tweet tokenisation, contractions apart. {@code MetricsGoldenTest}
 * holds it to that.
 *
 * <pre>{@code
 * DialogueCleaner.clean("I don't know:). how about this?https://github.com"); // i do n't know :) . how about this ? __url__
 * }</pre>
 */
public final class DialogueCleaner {
    private static final String ADDRESS = "__url__";
    /** Stands for an address while all but a few marks are removed; the text is in lower case already. */
    private static final String PLACEHOLDER = "URL";

    private static final Pattern MARKDOWN_LINK = Pattern.compile("\\[([^\\]]*)\\] \\( *__url__ *\\)");
    private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^A-Za-z0-9():,.!?\"']");
    private static final List<String> CONTRACTIONS = List.of("'s", "'m", "'re", "n't", "'ll", "'ve", "'d", "'em");

    private DialogueCleaner() {}

    /** The cleaned text: tokens with one space between them. */
    public static String clean(String text) {
        String addressed = String.join(
                " ",
                Words.split(text.toLowerCase(Locale.ROOT)).stream()
                        .map(DialogueCleaner::withoutAddress)
                        .toList());
        String plain = MARKDOWN_LINK.matcher(addressed).replaceAll("$1").replace(ADDRESS, PLACEHOLDER);
        plain = OTHER_CHARACTERS.matcher(plain).replaceAll(" ").replace(PLACEHOLDER, ADDRESS);
        return separateContractions(" " + String.join(" ", TweetTokenizer.tokenize(plain)) + " ");
    }

    private static String withoutAddress(String word) {
        int address = word.indexOf("http");
        return address < 0 ? word : (word.substring(0, address) + " " + ADDRESS).strip();
    }

    private static String separateContractions(String text) {
        String separated = text.replace(" won't ", " will n't ").replace(" can't ", " can n't ");
        for (String contraction : CONTRACTIONS) {
            separated = separated.replace(contraction + " ", " " + contraction + " ");
        }
        return String.join(" ", Words.split(separated));
    }
}
