package dev.confab.engine.generation.logits;

import java.util.Arrays;

/** Forces a token in the second place of the sequence; transformers' {@code ForcedBOSTokenLogitsProcessor}. */
public final class ForcedBosToken implements LogitsProcessor {
    private final int bosTokenId;

    /**
     * The token that follows a prompt of one token.
     *
     * @param bosTokenId an id of the vocabulary
     */
    public ForcedBosToken(int bosTokenId) {
        this.bosTokenId = bosTokenId;
    }

    @Override
    public void process(int[] ids, int length, float[] scores) {
        if (length == 1) {
            Arrays.fill(scores, Float.NEGATIVE_INFINITY);
            scores[bosTokenId] = 0;
        }
    }
}
