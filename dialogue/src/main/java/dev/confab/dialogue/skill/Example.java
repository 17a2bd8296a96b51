package dev.confab.dialogue.skill;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.confab.engine.error.ConfabException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A sentence that others are compared with, word by word. Its slots, such as {@code {place}}, stand for one to six words
 * of the other sentence. Words match in their order, as many as possible; the similarity is Dice's coefficient of the
 * words outside of slots, where words of more than three letters count double: short ones say little.
 */
final class Example {
    private static final Pattern WORD = Pattern.compile("\\{([a-zA-Z]\\w*)\\}|[\\pL\\pN\\pM'+.,-]+");
    private static final int LONGEST_SLOT = 6;
    private static final int LONGEST_SHORT_WORD = 3;

    /** How well a sentence matches, and what its slots hold. */
    record Match(double similarity, Map<String, String> slots) {}

    private record Slot(String name, int position) {}

    private final List<String> words;
    private final List<Slot> slots;

    private Example(List<String> words, List<Slot> slots) {
        this.words = words;
        this.slots = slots;
    }

    /**
     * Reads an example.
     *
     * @throws ConfabException if it has no words, or two slots with nothing between them
     */
    static Example of(String text) {
        List<String> words = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1) == null) {
                words.add(folded(matcher.group()));
            } else if (!slots.isEmpty() && slots.getLast().position() == words.size()) {
                throw new ConfabException("the example '%s' has two slots with no word between them".formatted(text));
            } else {
                slots.add(new Slot(matcher.group(1), words.size()));
            }
        }
        if (words.isEmpty()) {
            throw new ConfabException("the example '%s' has no words outside of slots".formatted(text));
        }
        return new Example(List.copyOf(words), List.copyOf(slots));
    }

    /** Compares a sentence; empty if a slot would hold nothing, or too much. */
    Optional<Match> match(String sentence) {
        List<String> said = new ArrayList<>();
        Matcher matcher = WORD.matcher(sentence);
        while (matcher.find()) {
            said.add(matcher.group());
        }
        int[] partners = align(said.stream().map(Example::folded).toList());
        int matched = 0;
        for (int i = 0; i < partners.length; i++) {
            matched += partners[i] >= 0 ? weight(words.get(i)) : 0;
        }
        var values = new HashMap<String, String>();
        int inSlots = 0;
        for (Slot slot : slots) {
            List<String> held = said.subList(before(partners, slot) + 1, after(partners, slot, said.size()));
            if (held.isEmpty() || held.size() > LONGEST_SLOT) {
                return Optional.empty();
            }
            inSlots += weight(held);
            values.put(slot.name(), String.join(" ", held));
        }
        return Optional.of(new Match(2.0 * matched / (weight(words) + weight(said) - inSlots), values));
    }

    /** For each word of the example the place of its partner in the sentence, or -1: a longest common subsequence. */
    private int[] align(List<String> said) {
        int[][] length = new int[words.size() + 1][said.size() + 1];
        for (int i = words.size() - 1; i >= 0; i--) {
            for (int j = said.size() - 1; j >= 0; j--) {
                length[i][j] = words.get(i).equals(said.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        int[] partners = new int[words.size()];
        for (int i = 0, j = 0; i < words.size(); i++) {
            while (j < said.size() && length[i][j] > length[i + 1][j] && length[i][j] == length[i][j + 1]) {
                j++;
            }
            boolean aligned = j < said.size() && length[i][j] > length[i + 1][j];
            partners[i] = aligned ? j++ : -1;
        }
        return partners;
    }

    private static int before(int[] partners, Slot slot) {
        for (int i = slot.position() - 1; i >= 0; i--) {
            if (partners[i] >= 0) {
                return partners[i];
            }
        }
        return -1;
    }

    private static int after(int[] partners, Slot slot, int end) {
        for (int i = slot.position(); i < partners.length; i++) {
            if (partners[i] >= 0) {
                return partners[i];
            }
        }
        return end;
    }

    private static int weight(List<String> words) {
        return words.stream().mapToInt(Example::weight).sum();
    }

    private static int weight(String word) {
        return word.length() > LONGEST_SHORT_WORD ? 2 : 1;
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
