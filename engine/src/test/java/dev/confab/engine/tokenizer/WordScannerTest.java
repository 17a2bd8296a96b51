package dev.confab.engine.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class WordScannerTest {
    private static final String SPACE = "\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";

    /** GPT-2's pattern with the white space of Unicode, which Python's \s is and Java's is not. */
    private static final Pattern PATTERN = Pattern.compile("'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^" + SPACE
            + "\\p{L}\\p{N}]+|[" + SPACE + "]+(?![^" + SPACE + "])|[" + SPACE + "]+");

    private static final String[] PARTS = {
        "'", "s", "re", "ve", "ll", "d", "m", "t", "'s", "'S", " ", "  ", "\n", "\t", "\r\n", "\u00A0", "\u0085",
        "\u3000", "\u200B", "\u001C", "\u180E", "\uFEFF", "a", "Z", "é", "ß", "日本", "Ж", "क्", "0", "9", "٣", "½", "Ⅷ",
        "²", ".", "!?", "_", "-", "😀", "𝕏", "𝟘", "\uD83D", "\uDE00", "👩‍👩‍👧", "ª", "ʰ", "ǅ"
    };

    @Test
    void wordsAreThoseOfGpt2sPattern() {
        var random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
            assertThat(words(text.toString())).isEqualTo(matches(text.toString()));
        }
    }

    @Test
    void everyAssignedCharacterIsOfTheKindThatThePatternGivesIt() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            if (!Character.isDefined(codePoint) || Character.getType(codePoint) == Character.PRIVATE_USE) {
                continue;
            }
            String text = "a" + Character.toString(codePoint) + "1 ";
            if (!words(text).equals(matches(text))) {
                assertThat(words(text)).as("U+%04X", codePoint).isEqualTo(matches(text));
            }
        }
    }

    @Test
    void aWordEndsWhereThePieceOfTextEnds() {
        assertThat(WordScanner.wordEnd("it's fine", 2, 3)).isEqualTo(3);
        assertThat(WordScanner.wordEnd("a   b", 1, 3)).isEqualTo(3);
        assertThat(WordScanner.wordEnd("x😀", 1, 2)).isEqualTo(2);
    }

    private static List<String> words(String text) {
        var words = new ArrayList<String>();
        for (int start = 0; start < text.length(); ) {
            int end = WordScanner.wordEnd(text, start, text.length());
            words.add(text.substring(start, end));
            start = end;
        }
        return words;
    }

    private static List<String> matches(String text) {
        return PATTERN.matcher(text).results().map(result -> result.group()).toList();
    }
}
