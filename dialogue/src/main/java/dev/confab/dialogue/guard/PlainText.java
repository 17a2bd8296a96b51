package dev.confab.dialogue.guard;

import java.util.Locale;
import java.util.regex.Pattern;

/** What is left of a text for comparison: words in small letters, single spaces, nothing else. */
final class PlainText {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");

    private PlainText() {}

    static String of(String text) {
        return BETWEEN_WORDS
                .matcher(text.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .replaceAll(" ")
                .strip();
    }

    static int words(String plain) {
        return plain.isEmpty() ? 0 : plain.split(" ").length;
    }
}
