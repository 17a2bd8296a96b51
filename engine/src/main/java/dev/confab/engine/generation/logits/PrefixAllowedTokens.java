package dev.confab.engine.generation.logits;

import java.util.Arrays;
import java.util.function.Function;

/** Allows only the tokens that a function of the text so far gives; {@code PrefixConstrainedLogitsProcessor}. */
public final class PrefixAllowedTokens implements LogitsProcessor {
    private final Function<int[], int[]> allowedTokens;

    /**
     * A function from the tokens so far, prompt included, to the tokens that may follow.
     *
     * @param allowedTokens gives at least one token for every text that can come up
     */
    public PrefixAllowedTokens(Function<int[], int[]> allowedTokens) {
        this.allowedTokens = allowedTokens;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        int[] allowed = allowedTokens.apply(Arrays.copyOf(ids, length));
        float[] kept = new float[allowed.length];
        for (int i = 0; i < allowed.length; i++) {
            kept[i] = scores[allowed[i]];
        }
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < allowed.length; i++) {
            scores[allowed[i]] = kept[i];
        }
    }
}
