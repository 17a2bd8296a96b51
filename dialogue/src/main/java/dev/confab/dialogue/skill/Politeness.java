package dev.confab.dialogue.skill;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/** Takes what people put around a question out of its way. */
final class Politeness {
    private static final Pattern SPACE = Pattern.compile("[\\s\\pZ]+");
    private static final Pattern AROUND = Pattern.compile(
            "(?:(?:hey|hi|hello|ok|okay|so|well|and|please|pls|say)[ ,]+)*"
                    + "(?:(?:(?:can|could|would|will) you (?:please )?(?:tell me |say |look up )?"
                    + "|do you (?:happen to )?know |please tell me |tell me |i want to know |i'd like to know |i wonder ))?"
                    + "(.+?)"
                    + "(?:,? (?:please|pls|thanks|thank you|for me|right now|now))*",
            Pattern.CASE_INSENSITIVE);

    private Politeness() {}

    /** The sentence on one line without its last punctuation, and, if it differs, without the politeness around it. */
    static List<String> readings(String text) {
        String plain = plain(text);
        var readings = new ArrayList<String>(List.of(plain));
        Matcher matcher = AROUND.matcher(plain);
        if (matcher.matches() && !matcher.group(1).equals(plain)) {
            readings.add(plain(matcher.group(1)));
        }
        return readings;
    }

    private static String plain(String text) {
        String line =
                SPACE.matcher(text.replace('\u2019', '\'')).replaceAll(" ").strip();
        int end = line.length();
        while (end > 0 && " ?!.,;:\u2026".indexOf(line.charAt(end - 1)) >= 0) {
            end--;
        }
        return line.substring(0, end);
    }
}
