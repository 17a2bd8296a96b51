package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.TensorNames;
import dev.confab.training.data.Batch;
import java.util.Arrays;

/**
 * GPT-2 as training sees it: parameters, their gradients, and a pass that computes the second from the first. Follows
 * transformers' {@code GPT2LMHeadModel}.
 *
 * <p>Mutable, for one thread at a time.
 */
public final class Gpt2Gradients {
    /**
     * How a pass uses memory and chance.
     *
     * @param mostTokens the most tokens of a batch, padding included
     * @param longest the most tokens of a row
     * @param dropout the probability of zeroing an element of embeddings, attention and residual branches; 0 to below 1
     * @param checkpointing whether each block's forward pass is done again in the backward pass, which takes a third more
     *     time and needs the memory of only one block
     */
    public record Options(int mostTokens, int longest, float dropout, boolean checkpointing) {
        /** Checks the ranges. */
        public Options {
            if (mostTokens < 1 || longest < 1 || !(dropout >= 0 && dropout < 1)) {
                throw new IllegalArgumentException("batches of " + mostTokens + " tokens, rows of " + longest
                        + ", dropout " + dropout + ": expected at least 1, at least 1, 0 to below 1");
            }
        }
    }

    private final Gpt2Config config;
    private final Options options;
    private final ParameterLayout layout;
    private final Tensors tensors;
    private final Dropout dropout;
    private final Embedding embedding;
    private final Block[] blocks;
    private final LayerNorm finalNorm;
    private final OutputLayer head;

    /** The residual stream before each block, and after the last. */
    private final float[][] stream;

    private final BlockActivations[] saved;
    private final LayerNorm.Moments finalMoments;
    private final float[] normalised;
    private final float[] gradient;
    private final float[] normGradient;

    /** How many bytes a pass of this size will take, with parameters and gradients. */
    public static long bytes(Gpt2Config config, Options options) {
        long tokens = options.mostTokens();
        long hidden = config.hiddenSize();
        long inner = config.innerSize();
        long saved = 7 * hidden + inner;
        long scratch = 5 * hidden + 2 * inner;
        long blocks = options.checkpointing() ? 1 : config.layers();
        long stream = (config.layers() + 3) * hidden;
        long numbers = 2 * config.parameterCount() + tokens * (blocks * saved + scratch + stream);
        return Float.BYTES * (numbers + OutputLayer.numbers(config, options.mostTokens()));
    }

    /** Plans all memory; parameters and gradients are zero. */
    public Gpt2Gradients(Gpt2Config config, Workers workers, Options options) {
        this.config = config;
        this.options = options;
        layout = new ParameterLayout(config);
        tensors = new Tensors(layout, new float[layout.size()], new float[layout.size()]);
        dropout = new Dropout(options.dropout());
        int tokens = options.mostTokens();
        var scratch = BlockScratch.of(config, tokens);
        var attention = new Attention(
                workers, config.hiddenSize(), config.heads(), Math.min(options.longest(), tokens), dropout);
        var feedForward = new FeedForward(workers, config.activation());
        var residual = new Residual(workers.pool(), dropout);
        embedding = new Embedding(workers.pool(), tensors, config, dropout);
        blocks = new Block[config.layers()];
        saved = new BlockActivations[config.layers()];
        stream = new float[config.layers() + 1][tokens * config.hiddenSize()];
        for (int layer = 0; layer < blocks.length; layer++) {
            blocks[layer] = new Block(workers, tensors, config, layer, attention, feedForward, residual, scratch);
            saved[layer] = layer > 0 && options.checkpointing() ? saved[0] : BlockActivations.of(config, tokens);
        }
        finalNorm = new LayerNorm(workers, tensors, TensorNames.FINAL_NORM, config.layerNormEpsilon());
        head = new OutputLayer(workers, tensors, config, tokens);
        finalMoments = new LayerNorm.Moments(tokens);
        normalised = new float[tokens * config.hiddenSize()];
        gradient = new float[tokens * config.hiddenSize()];
        normGradient = scratch.normGradient();
    }

    /** Where each parameter lies. */
    public ParameterLayout layout() {
        return layout;
    }

    /** The model's sizes. */
    public Gpt2Config config() {
        return config;
    }

    /** The parameters themselves. */
    public float[] parameters() {
        return tensors.values();
    }

    /** The gradients themselves, to which each {@link #accumulate} adds. */
    public float[] gradients() {
        return tensors.gradients();
    }

    /** Sets all gradients to zero. */
    public void clearGradients() {
        Arrays.fill(tensors.gradients(), 0f);
    }

    /**
     * The weighted sum of a batch's losses, without dropout.
     *
     * @return the sum over all ids of weight times negative log-probability, in nats
     */
    public double loss(Batch batch) {
        requireFitting(batch);
        dropout.setActive(false);
        forward(batch, 0);
        return head.loss(normalised, batch, gradient, false);
    }

    /**
     * The weighted sum of a batch's losses, whose gradients are added to {@link #gradients}.
     *
     * @param seed decides what is dropped out; another one for each batch
     * @return the sum over all ids of weight times negative log-probability, in nats
     */
    public double accumulate(Batch batch, long seed) {
        requireFitting(batch);
        dropout.setActive(true);
        forward(batch, seed);
        int rows = batch.rows();
        int length = batch.length();
        int tokens = rows * length;
        double loss = head.loss(normalised, batch, normGradient, true);
        Arrays.fill(gradient, 0, tokens * config.hiddenSize(), 0f);
        finalNorm.backward(stream[blocks.length], finalMoments, normGradient, gradient, tokens);
        for (int layer = blocks.length - 1; layer >= 0; layer--) {
            if (options.checkpointing() && layer < blocks.length - 1) {
                blocks[layer].forwardToInner(stream[layer], saved[layer], rows, length, seed);
            }
            blocks[layer].backward(stream[layer], gradient, saved[layer], rows, length, seed);
        }
        embedding.backward(batch.ids(), gradient, rows, length, Dropout.key(seed, blocks.length, 0));
        return loss;
    }

    private void forward(Batch batch, long seed) {
        int rows = batch.rows();
        int length = batch.length();
        embedding.forward(batch.ids(), stream[0], rows, length, Dropout.key(seed, blocks.length, 0));
        for (int layer = 0; layer < blocks.length; layer++) {
            blocks[layer].forward(stream[layer], stream[layer + 1], saved[layer], rows, length, seed);
        }
        finalNorm.forward(stream[blocks.length], normalised, finalMoments, rows * length);
    }

    private void requireFitting(Batch batch) {
        int rows = batch.rows();
        int length = batch.length();
        int tokens = rows * length;
        int[] ids = batch.ids();
        if (rows < 1
                || length < 1
                || tokens > options.mostTokens()
                || length > options.longest()
                || length > config.positions()) {
            throw new IllegalArgumentException(
                    "a batch of " + rows + " rows of " + length + " tokens: this pass takes " + options.mostTokens()
                            + " tokens, " + Math.min(options.longest(), config.positions()) + " in a row");
        }
        for (int i = 0; i < tokens; i++) {
            if (ids[i] < 0 || ids[i] >= config.vocabularySize()) {
                throw new IllegalArgumentException(
                        "token " + ids[i] + " at " + i + "; expected 0 to " + (config.vocabularySize() - 1));
            }
        }
    }
}
