package dev.confab.dialogue;

import dev.confab.engine.tokenizer.DecodeOption;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/**
 * A reply while it is being made: shows as much of it as is certain to stay. Held back are half a character, a space that
 * the tokenizer may yet take away, and whatever the gate does not let through.
 *
 * <p>Used once, by one thread.
 */
final class LiveText {
    /** What a tokenizer that cleans up spaces looks for. */
    private static final List<String> SPACED =
            List.of(" .", " ?", " !", " ,", " ' ", " n't", " 'm", " 's", " 've", " 're");

    private static final char REPLACEMENT = '\uFFFD';

    private final Tokenizer tokenizer;
    private final UnaryOperator<String> reply;
    private final ToIntFunction<String> gate;
    private final Consumer<String> out;
    private int[] tokens = new int[32];
    private int count;
    private String text = "";
    private int shown;

    /**
     * Text that was not begun yet.
     *
     * @param reply the reply within what was generated
     * @param gate given the text so far, how many of its characters may be shown
     * @param out gets each part
     */
    LiveText(Tokenizer tokenizer, UnaryOperator<String> reply, ToIntFunction<String> gate, Consumer<String> out) {
        this.tokenizer = tokenizer;
        this.reply = reply;
        this.gate = gate;
        this.out = out;
    }

    /** The next token has come. */
    void next(int token) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = token;
        text = reply.apply(tokenizer.decode(Arrays.copyOf(tokens, count), DecodeOption.SKIP_SPECIAL_TOKENS));
        show(text, Math.min(certain(text), gate.applyAsInt(text)));
    }

    /** The text so far. */
    String text() {
        return text;
    }

    /** How many characters were shown. */
    int shown() {
        return shown;
    }

    /** The reply is complete: shows what of it was held back. */
    void finish(String reply) {
        show(reply, reply.length());
    }

    private void show(String text, int length) {
        if (length > shown) {
            out.accept(text.substring(shown, length));
            shown = length;
        }
    }

    private static int certain(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == REPLACEMENT) {
            end--;
        }
        for (int start = Math.max(0, end - 3); start < end; start++) {
            String tail = text.substring(start, end);
            if (SPACED.stream().anyMatch(spaced -> spaced.startsWith(tail))) {
                return start;
            }
        }
        return end;
    }
}
