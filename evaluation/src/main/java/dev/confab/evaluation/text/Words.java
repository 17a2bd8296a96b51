package dev.confab.evaluation.text;

import java.util.ArrayList;
import java.util.List;

/** Splits text at white space and nowhere else. */
public final class Words {
    private Words() {}

    /** The words between runs of white space, as Python's {@code str.split()} gives them. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        for (int i = 0; i < text.length(); i++) {
            if (isSpace(text.charAt(i))) {
                if (start >= 0) {
                    words.add(text.substring(start, i));
                    start = -1;
                }
            } else if (start < 0) {
                start = i;
            }
        }
        if (start >= 0) {
            words.add(text.substring(start));
        }
        return words;
    }

    /** Unicode's white space, and the four separators of ASCII that Python counts too; all are single chars. */
    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || (c >= 0x1C && c <= 0x1F)
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200A)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202F
                || c == 0x205F
                || c == 0x3000;
    }
}
