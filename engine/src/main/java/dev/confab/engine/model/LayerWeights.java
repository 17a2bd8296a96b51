package dev.confab.engine.model;

import dev.confab.engine.tensor.PackedMatrix;

/**
 * The weights of one transformer block. Biases are padded like the outputs of their matrices.
 *
 * @param norm1Gain {@code ln_1.weight [hidden]}
 * @param norm1Bias {@code ln_1.bias [hidden]}
 * @param qkv {@code attn.c_attn.weight}: queries, keys and values {@code [3 * hidden, hidden]}
 * @param qkvBias {@code attn.c_attn.bias [3 * hidden]}
 * @param projection {@code attn.c_proj.weight [hidden, hidden]}
 * @param projectionBias {@code attn.c_proj.bias [hidden]}
 * @param norm2Gain {@code ln_2.weight [hidden]}
 * @param norm2Bias {@code ln_2.bias [hidden]}
 * @param expand {@code mlp.c_fc.weight [inner, hidden]}
 * @param expandBias {@code mlp.c_fc.bias [inner]}
 * @param contract {@code mlp.c_proj.weight [hidden, inner]}
 * @param contractBias {@code mlp.c_proj.bias [hidden]}
 */
@SuppressWarnings("ArrayRecordComponent") // Shared for speed, never written after loading.
record LayerWeights(
        float[] norm1Gain,
        float[] norm1Bias,
        PackedMatrix qkv,
        float[] qkvBias,
        PackedMatrix projection,
        float[] projectionBias,
        float[] norm2Gain,
        float[] norm2Bias,
        PackedMatrix expand,
        float[] expandBias,
        PackedMatrix contract,
        float[] contractBias) {}
