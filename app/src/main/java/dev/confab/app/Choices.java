package dev.confab.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Options that take one of a few words. */
final class Choices {
    private Choices() {}

    /**
     * The constant that a word names: {@code all-turns} is {@code ALL_TURNS}.
     *
     * @throws UsageException with all words, if it names none
     */
    static <E extends Enum<E>> E of(String option, String word, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(word.toLowerCase(Locale.ROOT).replace('_', '-'))) {
                return constant;
            }
        }
        String words = Arrays.stream(type.getEnumConstants()).map(Choices::word).collect(Collectors.joining(", "));
        throw new UsageException(option + ": '" + word + "'; expected one of " + words);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
