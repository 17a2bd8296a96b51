package dev.confab.app;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.tensor.Kernels;
import dev.confab.training.data.Batch;
import dev.confab.training.gradient.Gpt2Gradients;
import dev.confab.training.gradient.Initialisation;
import dev.confab.training.gradient.Workers;
import dev.confab.training.optimizer.AdamW;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How fast this machine trains: whole steps, with gradients and optimiser, of a small model on random tokens. The shape is
 * the one that other trainers were measured with.
 *
 * @param kernels to compute with
 * @param threads that compute
 */
record TrainingBenchmark(Kernels kernels, int threads) {
    static final Gpt2Config SHAPE = Gpt2Config.of(8192, 256, 384, 6, 6);
    static final int ROWS = 8;
    private static final int WARM_UP_STEPS = 3;
    private static final double LEARNING_RATE = 1e-3;

    /**
     * What was measured.
     *
     * @param tokensPerSecond of the median step
     * @param gigaflops floating-point operations per second of its matrix products, in billions
     */
    record Figures(double tokensPerSecond, double gigaflops) {}

    /** Measures so many steps, after some that nobody counts. */
    Figures run(int steps) {
        int length = SHAPE.positions();
        try (var workers = new Workers(kernels, threads)) {
            var options = new Gpt2Gradients.Options(ROWS * length, length, 0, false);
            var model = new Gpt2Gradients(SHAPE, workers, options);
            Initialisation.draw(model.layout(), model.parameters(), SHAPE.layers(), 1);
            var optimizer = new AdamW(model.layout(), AdamW.Options.DEFAULT, workers);
            Batch batch = randomBatch(length);
            double[] seconds = new double[steps];
            for (int step = -WARM_UP_STEPS; step < steps; step++) {
                long start = System.nanoTime();
                model.clearGradients();
                model.accumulate(batch, step);
                double norm = optimizer.norm(model.gradients());
                optimizer.step(model.parameters(), model.gradients(), 1 / norm, LEARNING_RATE);
                if (step >= 0) {
                    seconds[step] = (System.nanoTime() - start) / 1e9;
                }
            }
            Arrays.sort(seconds);
            double tokensPerSecond = ROWS * length / seconds[steps / 2];
            return new Figures(tokensPerSecond, tokensPerSecond * operationsPerToken() / 1e9);
        }
    }

    /** Two for each weight forward and four backward, and attention's, on average over a row's positions. */
    private static double operationsPerToken() {
        double weights = SHAPE.parameterCount() - (double) SHAPE.positions() * SHAPE.hiddenSize();
        double attention = 2.0 * SHAPE.layers() * SHAPE.positions() / 2 * SHAPE.hiddenSize();
        return 6 * (weights + attention);
    }

    private static Batch randomBatch(int length) {
        var random = new SplittableRandom(1);
        int[] ids = random.ints((long) ROWS * length, 0, SHAPE.vocabularySize()).toArray();
        float[] weights = new float[ids.length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % length == 0 ? 0 : 1;
        }
        return Batch.of(ROWS, length, ids, weights);
    }
}
