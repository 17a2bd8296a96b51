package dev.confab.app;

import java.util.Arrays;

/** Reads whole numbers as people write them: with spaces, commas or brackets between. */
final class TokenIds {
    private TokenIds() {}

    /**
     * The numbers in a text such as {@code "15496 995"} or {@code "[15496, 995]"}.
     *
     * @throws UsageException if a part of it is no whole number
     */
    static int[] parse(String text) {
        return Arrays.stream(text.split("[\\s,\\[\\]]+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(TokenIds::number)
                .toArray();
    }

    private static int number(String part) {
        try {
            return Integer.parseInt(part);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + part + "' is no whole number; expected ids such as 15496 995");
        }
    }
}
