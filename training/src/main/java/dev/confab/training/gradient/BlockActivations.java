package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;

/**
 * What a block's backward pass needs of its forward pass. Arrays of {@code [tokens, width]}.
 *
 * @param norm1Moments of the block's input
 * @param norm1 the input after the first layer norm
 * @param qkv queries, keys, values
 * @param attended the output of attention
 * @param middle the residual stream after attention
 * @param norm2Moments of {@code middle}
 * @param norm2 {@code middle} after the second layer norm
 * @param inner the first half of the feed-forward layer, before the activation
 */
@SuppressWarnings("ArrayRecordComponent") // Buffers, filled anew in each step.
record BlockActivations(
        LayerNorm.Moments norm1Moments,
        float[] norm1,
        float[] qkv,
        float[] attended,
        float[] middle,
        LayerNorm.Moments norm2Moments,
        float[] norm2,
        float[] inner) {
    static BlockActivations of(Gpt2Config config, int tokens) {
        int hidden = Math.multiplyExact(tokens, config.hiddenSize());
        return new BlockActivations(
                new LayerNorm.Moments(tokens),
                new float[hidden],
                new float[Math.multiplyExact(3, hidden)],
                new float[hidden],
                new float[hidden],
                new LayerNorm.Moments(tokens),
                new float[hidden],
                FeedForward.array(Math.multiplyExact(tokens, config.innerSize())));
    }
}
