package dev.confab.engine.model;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.Activation;
import java.util.OptionalInt;

/**
 * The architecture of a GPT-2-family model, as its {@code config.json} gives it; see {@link Gpt2ConfigFile}.
 *
 * @param vocabularySize token ids are 0 to this, exclusive ({@code vocab_size})
 * @param positions the longest sequence in tokens ({@code n_positions})
 * @param hiddenSize width of the residual stream ({@code n_embd})
 * @param layers transformer blocks ({@code n_layer})
 * @param heads attention heads; they divide the hidden size ({@code n_head})
 * @param innerSize width of the feed-forward layer ({@code n_inner}, by default 4 times the hidden size)
 * @param activation the feed-forward layer's function ({@code activation_function})
 * @param layerNormEpsilon added to variances ({@code layer_norm_epsilon})
 * @param scaleAttention whether scores are divided by the root of the head size ({@code scale_attn_weights})
 * @param scaleByInverseLayer whether scores of layer i are divided by i + 1 too
 *     ({@code scale_attn_by_inverse_layer_idx})
 * @param tiedHead whether the output layer is the token embedding ({@code tie_word_embeddings})
 * @param bosTokenId the token that begins a text, if the file names one
 * @param eosTokenId the token that ends a text, if the file names one
 */
public record Gpt2Config(
        int vocabularySize,
        int positions,
        int hiddenSize,
        int layers,
        int heads,
        int innerSize,
        Activation activation,
        float layerNormEpsilon,
        boolean scaleAttention,
        boolean scaleByInverseLayer,
        boolean tiedHead,
        OptionalInt bosTokenId,
        OptionalInt eosTokenId) {
    private static final int LARGEST_SIZE = 1 << 24;
    private static final int MOST_LAYERS = 1 << 12;

    /** Checks that the sizes are possible and fit each other. */
    public Gpt2Config {
        requireSize("vocab_size", vocabularySize);
        requireSize("n_positions", positions);
        requireSize("n_embd", hiddenSize);
        requireSize("n_layer", layers, MOST_LAYERS);
        requireSize("n_head", heads);
        requireSize("n_inner", innerSize);
        if ((long) positions * hiddenSize > Integer.MAX_VALUE) {
            throw new ConfabException("config.json: n_positions=" + positions + " times n_embd=" + hiddenSize
                    + " is more than any model's " + Integer.MAX_VALUE);
        }
        if (hiddenSize % heads != 0) {
            throw new ConfabException(
                    "config.json: n_embd=" + hiddenSize + " cannot be divided among n_head=" + heads + " heads");
        }
        if (!(layerNormEpsilon >= 0 && layerNormEpsilon < 1)) {
            throw new ConfabException(
                    "config.json: layer_norm_epsilon=" + layerNormEpsilon + "; expected a number from 0 to 1");
        }
    }

    private static void requireSize(String key, int value) {
        requireSize(key, value, LARGEST_SIZE);
    }

    private static void requireSize(String key, int value, int most) {
        if (value < 1 || value > most) {
            throw new ConfabException("config.json: " + key + "=" + value + "; expected 1 to " + most);
        }
    }

    /** A plain GPT-2 of the given size, as DialoGPT's are: tied head, {@code gelu_new}, scaled attention. */
    public static Gpt2Config of(int vocabularySize, int positions, int hiddenSize, int layers, int heads) {
        return new Gpt2Config(
                vocabularySize,
                positions,
                hiddenSize,
                layers,
                heads,
                4 * hiddenSize,
                Activation.GELU_NEW,
                1e-5f,
                true,
                false,
                true,
                OptionalInt.of(vocabularySize - 1),
                OptionalInt.of(vocabularySize - 1));
    }

    /** The same with another token that begins and ends texts. */
    public Gpt2Config withSpecialTokens(int eosTokenId) {
        return new Gpt2Config(
                vocabularySize,
                positions,
                hiddenSize,
                layers,
                heads,
                innerSize,
                activation,
                layerNormEpsilon,
                scaleAttention,
                scaleByInverseLayer,
                tiedHead,
                OptionalInt.of(eosTokenId),
                OptionalInt.of(eosTokenId));
    }

    /** Dimensions of an attention head. */
    public int headSize() {
        return hiddenSize / heads;
    }

    /** What the queries of a layer are multiplied with. */
    public float queryScale(int layer) {
        double scale = scaleAttention ? 1 / Math.sqrt(headSize()) : 1;
        return (float) (scaleByInverseLayer ? scale / (layer + 1) : scale);
    }

    /** How many weights the model has; a tied head counts once. */
    public long parameterCount() {
        long hidden = hiddenSize;
        long block = 4 * hidden * hidden + 2L * hidden * innerSize + innerSize + 9 * hidden;
        long head = tiedHead ? 0 : (long) vocabularySize * hidden;
        return (long) vocabularySize * hidden + positions * hidden + layers * block + 2 * hidden + head;
    }
}
