package dev.confab.engine.model;

import dev.confab.engine.tensor.WeightFormat;
import java.util.SplittableRandom;

/** Small models with random weights, and ways to read the same tokens with them. */
final class Forward {
    private Forward() {}

    /** Enough positions for prompts of several passes of 256 tokens; 100 tokens, 32 dimensions, 2 blocks, 4 heads. */
    static Gpt2 randomModel(WeightFormat format) {
        return Gpt2Loader.random(Gpt2Config.of(100, 700, 32, 2, 4), TestModels.options(format));
    }

    static int[] tokens(Gpt2 model, int count, long seed) {
        int vocabulary = model.config().vocabularySize();
        return new SplittableRandom(seed).ints(count, 0, vocabulary).toArray();
    }

    /** Appends tokens to a cache in one forward pass; the logits after each of the last {@code outputs}. */
    static float[][] read(Gpt2 model, KeyValueCache cache, int[] tokens, int from, int to, int outputs) {
        var batch = new ForwardBatch();
        batch.add(cache, tokens, from, to, outputs);
        model.forward(batch);
        return logits(model, batch);
    }

    static float[][] logits(Gpt2 model, ForwardBatch batch) {
        var logits = new float[batch.rows()][model.config().vocabularySize()];
        for (int row = 0; row < logits.length; row++) {
            batch.copyLogits(row, logits[row]);
        }
        return logits;
    }

    /** The logits after each token, read one at a time. */
    static float[][] readOneByOne(Gpt2 model, int[] tokens) {
        var logits = new float[tokens.length][];
        try (KeyValueCache cache = model.newCache()) {
            for (int i = 0; i < tokens.length; i++) {
                logits[i] = read(model, cache, tokens, i, i + 1, 1)[0];
            }
        }
        return logits;
    }

    /** The logits after the last token, read with a cache that was never used before. */
    static float[] readFresh(Gpt2 model, int[] tokens) {
        return TestModels.logits(model, tokens, 1)[0];
    }

    /** The largest difference of any row, relative to the range of that row's values. */
    static double difference(float[][] actual, float[][] expected) {
        if (actual.length != expected.length) {
            throw new AssertionError(actual.length + " rows, expected " + expected.length);
        }
        double largest = 0;
        for (int r = 0; r < actual.length; r++) {
            largest = Math.max(largest, difference(actual[r], expected[r]));
        }
        return largest;
    }

    static double difference(float[] actual, float[] expected) {
        double[] wide = new double[expected.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = expected[i];
        }
        return TestModels.relativeError(actual, wide);
    }
}
