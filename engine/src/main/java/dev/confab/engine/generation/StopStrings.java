package dev.confab.engine.generation;

import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Finds stop strings at the end of a growing text; transformers' {@code StopStringCriteria}.
 *
 * <p>A stop string counts when its end lies in the text that the last token added, so it may begin in earlier tokens,
 * the prompt's included, and may end inside the last one.
 */
final class StopStrings {
    private final List<String> strings;
    private final Tokenizer tokenizer;
    private final int window;

    StopStrings(List<String> strings, Tokenizer tokenizer) {
        this.strings = strings;
        this.tokenizer = tokenizer;
        int longest = strings.stream()
                .mapToInt(string -> string.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
        // In the worst case each token is one byte; four more keep a character that the window cuts out of the way.
        this.window = longest + 4;
    }

    boolean endsIn(TokenSequence sequence) {
        int end = sequence.length();
        int[] last = Arrays.copyOfRange(sequence.ids(), Math.max(0, end - window), end);
        String text = text(last);
        String before = text(Arrays.copyOf(last, last.length - 1));
        int added = commonPrefix(before, text);
        for (String string : strings) {
            if (text.indexOf(string, Math.max(0, added - string.length() + 1)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private String text(int[] ids) {
        return tokenizer.decode(ids, DecodeOption.KEEP_SPACES);
    }

    private static int commonPrefix(String left, String right) {
        int length = Math.min(left.length(), right.length());
        int shared = 0;
        while (shared < length && left.charAt(shared) == right.charAt(shared)) {
            shared++;
        }
        return shared;
    }
}
