package dev.confab.app;

import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.tensor.MemoryBandwidth;
import dev.confab.engine.tensor.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * Measures prefill and greedy decoding. Each round measures the memory's speed too, as shared machines change theirs
 * from minute to minute.
 */
final class Benchmark {
    private static final int WARM_UP_TOKENS = 96;

    private final Gpt2 model;
    private final int promptTokens;
    private final int newTokens;
    private final int sequences;
    private final ForwardBatch batch = new ForwardBatch();
    private final float[] logits;

    Benchmark(Gpt2 model, int promptTokens, int newTokens, int sequences) {
        this.model = model;
        this.promptTokens = promptTokens;
        this.newTokens = newTokens;
        this.sequences = sequences;
        logits = new float[model.config().vocabularySize()];
    }

    /** Warms up, then measures everything some times. */
    BenchFigures run(int repeat) {
        int warmUpTokens = Math.min(WARM_UP_TOKENS, model.config().positions() - promptTokens);
        round(promptTokens, Math.max(newTokens, warmUpTokens));
        // Before the bandwidth is measured, which takes memory that no chat needs.
        long peakMegabytes = PeakMemory.megabytes();
        List<double[]> rounds = new ArrayList<>();
        try (var pool = new WorkerPool(model.threads());
                var bandwidth = new MemoryBandwidth(model.kernels(), pool)) {
            for (int i = 0; i < repeat; i++) {
                double bytesPerSecond = bestOf(3, bandwidth::measure);
                double[] seconds = round(promptTokens, newTokens);
                rounds.add(new double[] {bytesPerSecond, seconds[0], seconds[1]});
            }
        }
        return figures(median(rounds, 0), median(rounds, 1), median(rounds, 2), peakMegabytes);
    }

    private BenchFigures figures(double bytesPerSecond, double prefill, double decode, long peakMegabytes) {
        double bytesPerStep = model.weightBytes()
                + (double) sequences * model.keyValueBytesPerToken() * (promptTokens + newTokens / 2.0);
        return new BenchFigures(
                (double) sequences * promptTokens / prefill,
                (double) sequences * newTokens / decode,
                prefill / sequences * 1e3,
                peakMegabytes,
                bytesPerSecond,
                bytesPerStep * newTokens / decode / bytesPerSecond);
    }

    /** Reads a prompt for each sequence, then generates for all of them: seconds for each of the two. */
    private double[] round(int promptTokens, int newTokens) {
        int[][] tokens = new int[sequences][];
        List<KeyValueCache> caches = new ArrayList<>();
        try {
            long start = System.nanoTime();
            for (int s = 0; s < sequences; s++) {
                caches.add(model.newCache());
                tokens[s] = Arrays.copyOf(prompt(promptTokens, s), promptTokens + newTokens);
                batch.clear();
                batch.add(caches.get(s), tokens[s], 0, promptTokens, 1);
                model.forward(batch);
                tokens[s][promptTokens] = argmax(0);
            }
            long read = System.nanoTime();
            for (int i = promptTokens; i < promptTokens + newTokens; i++) {
                step(caches, tokens, i);
            }
            return new double[] {(read - start) / 1e9, (System.nanoTime() - read) / 1e9};
        } finally {
            caches.forEach(KeyValueCache::close);
        }
    }

    /** Feeds every sequence's token {@code i} and chooses its next. */
    private void step(List<KeyValueCache> caches, int[][] tokens, int i) {
        batch.clear();
        for (int s = 0; s < sequences; s++) {
            batch.add(caches.get(s), tokens[s], i, i + 1, 1);
        }
        model.forward(batch);
        for (int s = 0; s < sequences; s++) {
            int next = argmax(s);
            if (i + 1 < tokens[s].length) {
                tokens[s][i + 1] = next;
            }
        }
    }

    private int[] prompt(int length, int sequence) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = (31 * i + 17 * sequence + 7) % model.config().vocabularySize();
        }
        return tokens;
    }

    private int argmax(int row) {
        batch.copyLogits(row, logits);
        return Scores.argmax(logits);
    }

    private static double bestOf(int times, DoubleSupplier measurement) {
        return DoubleStream.generate(measurement).limit(times).max().orElseThrow();
    }

    private static double median(List<double[]> rounds, int column) {
        double[] values =
                rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
        return values[values.length / 2];
    }
}
