package dev.confab.telegram;

import java.util.ArrayList;
import java.util.List;

/** Cuts texts into messages that Telegram takes. */
final class MessageParts {
    /** The most characters of a message, counted as Java counts them. */
    static final int LONGEST = 4096;

    /** The most characters of the text below a picture. */
    static final int LONGEST_CAPTION = 1024;

    private static final List<String> GOOD_PLACES = List.of("\n\n", "\n", ". ", "! ", "? ", "; ", ", ", " ");

    private MessageParts() {}

    /** The parts of a text, none of them blank; none if the text is blank. */
    static List<String> of(String text) {
        List<String> parts = new ArrayList<>();
        String rest = text.strip();
        while (rest.length() > LONGEST) {
            int end = end(rest, LONGEST);
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        if (!rest.isEmpty()) {
            parts.add(rest);
        }
        return parts;
    }

    /** As much of the beginning as fits, never half a character. */
    static String head(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest);
    }

    /** Where the first part ends: at the end of a paragraph, line, sentence or word, if it is in the second half. */
    private static int end(String text, int longest) {
        for (String place : GOOD_PLACES) {
            int at = text.lastIndexOf(place, longest - place.length());
            if (at >= longest / 2) {
                return at + place.length();
            }
        }
        return head(text, longest).length();
    }
}
