package dev.confab.server;

import dev.confab.engine.tokenizer.EncodeOptions;
import dev.confab.engine.tokenizer.Tokenizer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns as tokens. A text can be written in tokens in more than one way, and what the model said stays as it said it: so
 * it is recognised when a client sends it back, and need not be read again. Usable from any thread.
 */
final class SpokenTurns {
    private static final int MOST_TOKENS = 1 << 20;

    private final Tokenizer tokenizer;
    private final EncodeOptions plainText;
    /** What was said, the longest ago first. */
    private final Map<String, int[]> said = new LinkedHashMap<>(16, 0.75f, true);

    private int tokens;

    SpokenTurns(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        plainText = tokenizer.encodeOptions().withSplitSpecialTokens(true);
    }

    /** Remembers what the model said; what was said longest ago is forgotten when it becomes too much. */
    synchronized void remember(String text, int[] spoken) {
        int[] former = said.put(text, spoken.clone());
        tokens += spoken.length - (former == null ? 0 : former.length);
        var oldest = said.values().iterator();
        while (tokens > MOST_TOKENS) {
            tokens -= oldest.next().length;
            oldest.remove();
        }
    }

    /** A turn without the token that ends it. */
    int[] encode(String text) {
        synchronized (this) {
            int[] spoken = said.get(text);
            if (spoken != null) {
                return spoken;
            }
        }
        return tokenizer.encode(text, plainText);
    }
}
