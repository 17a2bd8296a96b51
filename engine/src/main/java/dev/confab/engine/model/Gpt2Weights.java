package dev.confab.engine.model;

import dev.confab.engine.tensor.PackedMatrix;
import java.util.List;

/**
 * All weights of a model, in a kernel set's layout. Immutable.
 *
 * @param tokenEmbedding {@code wte.weight [vocabulary, hidden]}
 * @param positionEmbedding {@code wpe.weight [positions, hidden]}, row after row
 * @param layers the blocks
 * @param normGain {@code ln_f.weight [hidden]}
 * @param normBias {@code ln_f.bias [hidden]}
 * @param head {@code lm_head.weight [vocabulary, hidden]}: the token embedding itself where it is tied
 */
@SuppressWarnings("ArrayRecordComponent") // Shared for speed, never written after loading.
record Gpt2Weights(
        PackedMatrix tokenEmbedding,
        float[] positionEmbedding,
        List<LayerWeights> layers,
        float[] normGain,
        float[] normBias,
        PackedMatrix head) {
    /** Bytes of matrices that one token is multiplied with. */
    long bytesPerToken() {
        long bytes = bytes(head);
        for (LayerWeights layer : layers) {
            bytes += bytes(layer.qkv()) + bytes(layer.projection()) + bytes(layer.expand()) + bytes(layer.contract());
        }
        return bytes;
    }

    private static long bytes(PackedMatrix matrix) {
        return matrix.shape().weightBytes() + matrix.shape().scaleBytes();
    }
}
