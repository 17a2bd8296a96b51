package dev.confab.dialogue.filter;

import java.util.List;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;

/**
 * Finds phrases of whole words, all of them in one deterministic automaton: at most words of a text it stops after a letter
 * or two, however many phrases there are. Immutable, usable from any thread.
 */
final class Phrases {
    private final CharacterRunAutomaton automaton;

    private Phrases(CharacterRunAutomaton automaton) {
        this.automaton = automaton;
    }

    /**
     * Phrases to look for.
     *
     * @param expressions regular expressions of letters, digits and single spaces with groups, {@code |}, {@code ?} and
     *     {@code []}; {@code ^} and {@code $} stand for the beginning and the end of the text
     */
    static Phrases of(List<String> expressions) {
        List<Automaton> phrases = expressions.stream()
                .map(expression -> new RegExp(expression.replace("(?:", "("), RegExp.NONE).toAutomaton())
                .toList();
        return new Phrases(new CharacterRunAutomaton(
                Operations.determinize(Operations.union(phrases), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT)));
    }

    /** Whether any of the phrases is in a text of words with single spaces between them. */
    boolean areIn(String words) {
        String text = "^" + words + "$";
        for (int start = 0; start < text.length(); start++) {
            if ((start == 0 || !isOfWord(text, start - 1)) && isAt(text, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(String text, int start) {
        int state = 0;
        for (int i = start; i < text.length(); i++) {
            state = automaton.step(state, text.charAt(i));
            if (state < 0) {
                return false;
            }
            if (automaton.isAccept(state) && !isOfWord(text, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(String text, int index) {
        return index < text.length() && Character.isLetterOrDigit(text.charAt(index));
    }
}
