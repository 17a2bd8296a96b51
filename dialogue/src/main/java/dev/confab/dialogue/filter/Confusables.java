package dev.confab.dialogue.filter;

import dev.confab.dialogue.resource.Resource;
import java.util.HashMap;
import java.util.Map;

/** Letters of other scripts that look like a Latin one, and which. */
final class Confusables {
    private static final Map<Integer, Character> LATIN = read();

    private Confusables() {}

    /** The Latin letter in lower case that a character looks like, or the character itself. */
    static int latin(int codePoint) {
        Character letter = LATIN.get(codePoint);
        return letter == null ? codePoint : letter;
    }

    private static Map<Integer, Character> read() {
        Map<Integer, Character> latin = new HashMap<>();
        for (String line : Resource.lines(Confusables.class, "confusables.txt")) {
            line.substring(2).codePoints().forEach(lookAlike -> latin.put(lookAlike, line.charAt(0)));
        }
        return latin;
    }
}
