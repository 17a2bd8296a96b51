package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.TensorNames;
import java.util.Arrays;

/** One transformer block: attention and feed-forward layer, each after a layer norm and added to the residual stream. */
final class Block {
    private static final int ATTENTION = 0;
    private static final int AFTER_ATTENTION = 1;
    private static final int AFTER_FEED_FORWARD = 2;

    private final Tensors tensors;
    private final int layer;
    private final int qkvBias;
    private final int hidden;
    private final int inner;
    private final float scale;
    private final LayerNorm norm1;
    private final Linear qkv;
    private final Attention attention;
    private final Linear projection;
    private final LayerNorm norm2;
    private final Linear expand;
    private final FeedForward feedForward;
    private final Linear contract;
    private final Residual residual;
    private final BlockScratch scratch;

    /** Takes its parameters from {@code tensors}; attention, activation, residual and scratch are shared by all blocks. */
    Block(
            Workers workers,
            Tensors tensors,
            Gpt2Config config,
            int layer,
            Attention attention,
            FeedForward feedForward,
            Residual residual,
            BlockScratch scratch) {
        this.tensors = tensors;
        this.layer = layer;
        this.attention = attention;
        this.feedForward = feedForward;
        this.residual = residual;
        this.scratch = scratch;
        hidden = config.hiddenSize();
        inner = config.innerSize();
        scale = config.queryScale(layer);
        float epsilon = config.layerNormEpsilon();
        norm1 = new LayerNorm(workers, tensors, TensorNames.block(layer, TensorNames.NORM_1), epsilon);
        String qkvName = TensorNames.block(layer, TensorNames.QKV);
        qkvBias = tensors.layout().get(qkvName + TensorNames.BIAS).offset();
        qkv = new Linear(workers, tensors, qkvName);
        projection = new Linear(workers, tensors, TensorNames.block(layer, TensorNames.PROJECTION));
        norm2 = new LayerNorm(workers, tensors, TensorNames.block(layer, TensorNames.NORM_2), epsilon);
        expand = new Linear(workers, tensors, TensorNames.block(layer, TensorNames.EXPAND));
        contract = new Linear(workers, tensors, TensorNames.block(layer, TensorNames.CONTRACT));
    }

    /**
     * Computes {@code output [rows * length, hidden]} from {@code input}.
     *
     * @param seed of the step's dropout
     */
    void forward(float[] input, float[] output, BlockActivations saved, int rows, int length, long seed) {
        forwardToInner(input, saved, rows, length, seed);
        int tokens = rows * length;
        feedForward.forward(saved.inner(), scratch.inner(), tokens * inner);
        contract.forward(scratch.inner(), scratch.branch(), tokens);
        residual.forward(
                saved.middle(),
                scratch.branch(),
                output,
                tokens * hidden,
                Dropout.key(seed, layer, AFTER_FEED_FORWARD));
    }

    /** The forward pass as far as the backward pass needs it. */
    void forwardToInner(float[] input, BlockActivations saved, int rows, int length, long seed) {
        int tokens = rows * length;
        norm1.forward(input, saved.norm1(), saved.norm1Moments(), tokens);
        qkv.forward(saved.norm1(), saved.qkv(), tokens);
        attention.forward(saved.qkv(), saved.attended(), rows, length, scale, Dropout.key(seed, layer, ATTENTION));
        projection.forward(saved.attended(), scratch.branch(), tokens);
        residual.forward(
                input, scratch.branch(), saved.middle(), tokens * hidden, Dropout.key(seed, layer, AFTER_ATTENTION));
        norm2.forward(saved.middle(), saved.norm2(), saved.norm2Moments(), tokens);
        expand.forward(saved.norm2(), saved.inner(), tokens);
    }

    /**
     * Turns the gradient of the output into that of the input, and adds to those of the parameters.
     *
     * @param input of the forward pass
     * @param gradient {@code [rows * length, hidden]}, changed in place: the residual stream passes it on as it is, and
     *     each half adds its own
     */
    void backward(float[] input, float[] gradient, BlockActivations saved, int rows, int length, long seed) {
        int tokens = rows * length;
        int elements = tokens * hidden;
        residual.backward(gradient, scratch.branch(), elements, Dropout.key(seed, layer, AFTER_FEED_FORWARD));
        feedForward.forward(saved.inner(), scratch.inner(), tokens * inner);
        contract.backward(scratch.inner(), scratch.branch(), scratch.innerGradient(), tokens);
        feedForward.backward(saved.inner(), scratch.innerGradient(), tokens * inner);
        expand.backward(saved.norm2(), scratch.innerGradient(), scratch.normGradient(), tokens);
        norm2.backward(saved.middle(), saved.norm2Moments(), scratch.normGradient(), gradient, tokens);

        residual.backward(gradient, scratch.branch(), elements, Dropout.key(seed, layer, AFTER_ATTENTION));
        projection.backward(saved.attended(), scratch.branch(), scratch.normGradient(), tokens);
        attention.backward(
                saved.qkv(),
                scratch.normGradient(),
                scratch.qkvGradient(),
                rows,
                length,
                scale,
                Dropout.key(seed, layer, ATTENTION));
        qkv.backward(saved.norm1(), scratch.qkvGradient(), scratch.normGradient(), tokens);
        clearKeyBiasGradient();
        norm1.backward(input, saved.norm1Moments(), scratch.normGradient(), gradient, tokens);
    }

    /**
     * A key's bias adds the same to all scores of a query, which softmax does not notice: its gradient is zero. What
     * rounding leaves of it would be blown up to whole steps by an optimiser that divides by the gradients' size.
     */
    private void clearKeyBiasGradient() {
        Arrays.fill(tensors.gradients(), qkvBias + hidden, qkvBias + 2 * hidden, 0f);
    }
}
