package dev.confab.dialogue.skill;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of places, as they are written. */
final class Names {
    private static final int LONGEST_ABBREVIATION = 3;
    private static final Set<String> SMALL = Set.of("the", "of", "de", "da", "do", "la", "upon", "am");

    private Names() {}

    /** A name with capital letters where its writer saved them: {@code new york} is {@code New York}. */
    static String capitalized(String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return name;
        }
        boolean abbreviation =
                name.length() <= LONGEST_ABBREVIATION || name.startsWith("utc") || name.startsWith("gmt");
        if (abbreviation) {
            return name.toUpperCase(Locale.ROOT);
        }
        return Arrays.stream(name.split(" ", -1))
                .map(word -> SMALL.contains(word) || word.isEmpty()
                        ? word
                        : Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining(" "));
    }

    /** Words with a capital letter at the beginning, as at the beginning of a sentence. */
    static String capitalizedFirst(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
