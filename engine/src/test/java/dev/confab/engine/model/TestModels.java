package dev.confab.engine.model;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.WeightFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Loads the tiny checkpoints for tests, and reads what the golden files hold. */
public final class TestModels {
    private TestModels() {}

    public static LoadOptions options(WeightFormat format) {
        return new LoadOptions(Optional.of(format), 2, KernelSets.best(), 64 << 20, Optional.empty(), bytes -> {});
    }

    public static Gpt2 load(String name) {
        return load(name, WeightFormat.F32);
    }

    public static Gpt2 load(String name, WeightFormat format) {
        return Gpt2Loader.load(Fixtures.model(name), options(format));
    }

    /** With so many bytes for keys and values; one sequence of the full length fits even into none. */
    public static Gpt2 loadWithMemory(String name, long keyValueBytes) {
        var options = new LoadOptions(
                Optional.of(WeightFormat.F32), 2, KernelSets.best(), keyValueBytes, Optional.empty(), bytes -> {});
        return Gpt2Loader.load(Fixtures.model(name), options);
    }

    /** Logits of the last {@code outputs} of some tokens, read at once: {@code [outputs][vocabulary]}. */
    static float[][] logits(Gpt2 model, int[] tokens, int outputs) {
        try (KeyValueCache cache = model.newCache()) {
            var batch = new ForwardBatch();
            batch.add(cache, tokens, 0, tokens.length, outputs);
            model.forward(batch);
            float[][] logits = new float[outputs][model.config().vocabularySize()];
            for (int i = 0; i < outputs; i++) {
                batch.copyLogits(i, logits[i]);
            }
            return logits;
        }
    }

    /** Continues {@code tokens} to a total length with the likeliest token each time. */
    static int[] greedy(Gpt2 model, int[] tokens, int length) {
        int[] all = java.util.Arrays.copyOf(tokens, length);
        float[] logits = new float[model.config().vocabularySize()];
        var batch = new ForwardBatch();
        try (KeyValueCache cache = model.newCache()) {
            for (int n = tokens.length; n < length; n++) {
                batch.clear();
                batch.add(cache, all, cache.length(), n, 1);
                model.forward(batch);
                batch.copyLogits(0, logits);
                all[n] = argmax(logits);
            }
        }
        return all;
    }

    static int argmax(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return best;
    }

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }

    /** The largest difference, relative to the range of the expected values. */
    static double relativeError(float[] actual, double[] expected) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            least = Math.min(least, expected[i]);
            most = Math.max(most, expected[i]);
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
            if (!Float.isFinite(actual[i])) {
                return Double.POSITIVE_INFINITY;
            }
        }
        return difference / Math.max(most - least, 1e-12);
    }
}
