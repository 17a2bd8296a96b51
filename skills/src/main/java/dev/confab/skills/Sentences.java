package dev.confab.skills;

import java.text.BreakIterator;
import java.util.Locale;

/** Makes long texts short enough to be said in a chat. */
final class Sentences {
    private static final int ENOUGH = 160;
    private static final int MOST = 400;

    private Sentences() {}

    /** The first sentence or two, cut off after 400 characters. */
    static String first(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        sentences.setText(line);
        int end = sentences.next();
        int next = sentences.next();
        if (end != BreakIterator.DONE && end < ENOUGH && next != BreakIterator.DONE && next <= MOST) {
            end = next;
        }
        return shortened(
                end == BreakIterator.DONE ? line : line.substring(0, end).strip());
    }

    /** The text, cut off between two words if it has more than 400 characters. */
    static String shortened(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        int space = text.lastIndexOf(' ', MOST - 1);
        int end = space > MOST / 2 ? space : MOST - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
