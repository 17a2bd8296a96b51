package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;

/**
 * Buffers that all blocks use one after the other.
 *
 * @param branch {@code [tokens, hidden]}: what a half of the block adds to the residual stream, or its gradient
 * @param inner {@code [tokens, inner]}: the feed-forward layer after its activation
 * @param innerGradient {@code [tokens, inner]}
 * @param normGradient {@code [tokens, hidden]}: the gradient of a layer norm's output
 * @param qkvGradient {@code [tokens, 3 * hidden]}
 */
@SuppressWarnings("ArrayRecordComponent") // Scratch memory.
record BlockScratch(float[] branch, float[] inner, float[] innerGradient, float[] normGradient, float[] qkvGradient) {
    static BlockScratch of(Gpt2Config config, int tokens) {
        int hidden = Math.multiplyExact(tokens, config.hiddenSize());
        int inner = Math.multiplyExact(tokens, config.innerSize());
        return new BlockScratch(
                new float[hidden],
                FeedForward.array(inner),
                FeedForward.array(inner),
                new float[hidden],
                new float[Math.multiplyExact(3, hidden)]);
    }
}
