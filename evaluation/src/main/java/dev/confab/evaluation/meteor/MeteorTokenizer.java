package dev.confab.evaluation.meteor;

import dev.confab.evaluation.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * METEOR's normalisation of English, which is Moses' tokenisation with quotes and dashes made equal: marks stand alone,
 * contractions lose their tails ({@code don 't}), compounds are taken apart, a point at the end of a word stays with it
 * after an abbreviation or before a word in lower case. The tokens are in lower case.
 */
final class MeteorTokenizer {
    private static final String LETTER = "A-Za-z\\u0160\\u0161\\u017D\\u017E\\u0178\\u00C0-\\u00D6\\u00D8-\\u00F6"
            + "\\u00F8-\\u017E\\u0400-\\u0527\\uA640-\\uA66E\\uA67E-\\uA697\\u1D00-\\u1D7F";
    private static final String LETTER_OR_DIGIT = "0-9" + LETTER;
    private static final Pattern MARK = Pattern.compile("([^" + LETTER_OR_DIGIT + "\\s.'`,\\-\\u2018\\u2019])");
    private static final Pattern POINTS = Pattern.compile("\\.{2,}");
    /** Stands for the points of an ellipsis while points at the ends of words are looked at; of the private use area. */
    private static final char ELLIPSIS_POINT = '\uE000';

    private static final Pattern COMMA = Pattern.compile("(?<![0-9]),|,(?![0-9])");
    private static final Pattern SINGLE_QUOTE = Pattern.compile("[`\\u2018\\u2019]");
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("[\\u201C\\u201D]|''");
    private static final Pattern DASH = Pattern.compile("\\u2013|--");
    private static final Pattern DASH_IN_WORD =
            Pattern.compile("(?<=[" + LETTER_OR_DIGIT + ".])-(?=[" + LETTER_OR_DIGIT + "])");
    /** An apostrophe with a letter on neither side, or on one side alone; but for one between a digit and a letter. */
    private static final Pattern APOSTROPHE = Pattern.compile("(?<![" + LETTER + "])'(?![" + LETTER + "])|(?<!["
            + LETTER_OR_DIGIT + "])'(?=[" + LETTER + "])|(?<=[" + LETTER + "])'(?![" + LETTER + "])");

    private static final Pattern CONTRACTION =
            Pattern.compile("(?<=[" + LETTER + "])'(?=[" + LETTER + "])|(?<=[0-9])'(?=s)");
    private static final Pattern ANY_LETTER = Pattern.compile("[" + LETTER + "]");

    /** Abbreviations whose point is part of them; single capitals, as of initials, are too. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "Adm", "Brig", "Capt", "Cmdr", "Col", "Comdr", "Dr", "Drs", "Esq", "Gen", "Gov", "Hon", "Hosp", "Insp",
            "Lt", "MM", "MR", "MRS", "MS", "Maj", "Messrs", "Mlle", "Mme", "Mr", "Mrs", "Ms", "Msgr", "Op", "Ph",
            "Prof", "Pvt", "Rep", "Reps", "Res", "Rev", "Rt", "Sen", "Sens", "Sfc", "Sgt", "Sr", "St", "Supt", "Surg",
            "vs", "i.e", "rev", "e.g");

    /** Abbreviations whose point is part of them before a number. */
    private static final Set<String> NUMBER_ABBREVIATIONS = Set.of("No", "Nos", "Art", "Nr", "pp");

    private MeteorTokenizer() {}

    static List<String> tokenize(String text) {
        String separate = MARK.matcher(" " + text + " ").replaceAll(" $1 ");
        separate = POINTS.matcher(separate)
                .replaceAll(points -> " "
                        + String.valueOf(ELLIPSIS_POINT).repeat(points.group().length()) + " ");
        separate = COMMA.matcher(separate).replaceAll(" , ");
        separate = SINGLE_QUOTE.matcher(separate).replaceAll("'");
        separate = DOUBLE_QUOTE.matcher(separate).replaceAll(" \" ");
        separate = DASH.matcher(separate).replaceAll("-");
        separate = DASH_IN_WORD.matcher(separate).replaceAll(" ");
        separate = APOSTROPHE.matcher(separate).replaceAll(" ' ");
        separate = CONTRACTION.matcher(separate).replaceAll(" '");
        List<String> words = Words.split(separate);
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            addWithPoint(tokens, words.get(i), i + 1 < words.size() ? words.get(i + 1) : "");
        }
        return tokens.stream()
                .map(token -> token.replace(ELLIPSIS_POINT, '.').toLowerCase(Locale.ROOT))
                .toList();
    }

    private static void addWithPoint(List<String> tokens, String word, String next) {
        if (word.length() == 1 || !word.endsWith(".")) {
            tokens.add(word);
            return;
        }
        String stem = word.substring(0, word.length() - 1);
        if (stem.contains(".") && ANY_LETTER.matcher(stem).find()) {
            tokens.add(word.replace(".", ""));
        } else if (keepsPoint(stem, next)) {
            tokens.add(word);
        } else {
            tokens.add(stem);
            tokens.add(".");
        }
    }

    private static boolean keepsPoint(String stem, String next) {
        boolean initial = stem.length() == 1 && stem.charAt(0) >= 'A' && stem.charAt(0) <= 'Z';
        if (initial || ABBREVIATIONS.contains(stem)) {
            return true;
        }
        char first = next.isEmpty() ? ' ' : next.charAt(0);
        boolean lowerCase = first >= 'a' && first <= 'z';
        boolean digit = first >= '0' && first <= '9';
        return lowerCase || (digit && NUMBER_ABBREVIATIONS.contains(stem));
    }
}
