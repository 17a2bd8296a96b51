package dev.confab.app;

import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import java.util.List;

/**
 * How far one model's predictions stray from another's.
 *
 * @param meanKl mean Kullback-Leibler divergence of the next token's distribution, in nats
 * @param worstKl the largest of them
 * @param agreement share of positions with the same likeliest token
 * @param positions how many positions were compared
 */
record Divergence(double meanKl, double worstKl, double agreement, int positions) {
    /** Compares {@code other} with {@code exact} at every position of some texts. */
    static Divergence of(Gpt2 exact, Gpt2 other, List<int[]> texts) {
        double sum = 0;
        double worst = 0;
        int agreed = 0;
        int positions = 0;
        float[] expected = new float[exact.config().vocabularySize()];
        float[] actual = new float[expected.length];
        var exactBatch = new ForwardBatch();
        var otherBatch = new ForwardBatch();
        for (int[] tokens : texts) {
            read(exact, exactBatch, tokens);
            read(other, otherBatch, tokens);
            for (int row = 0; row < tokens.length; row++) {
                exactBatch.copyLogits(row, expected);
                otherBatch.copyLogits(row, actual);
                double kl = kl(expected, actual);
                sum += kl;
                worst = Math.max(worst, kl);
                agreed += Scores.argmax(expected) == Scores.argmax(actual) ? 1 : 0;
                positions++;
            }
        }
        return new Divergence(sum / positions, worst, (double) agreed / positions, positions);
    }

    private static void read(Gpt2 model, ForwardBatch batch, int[] tokens) {
        try (KeyValueCache cache = model.newCache()) {
            batch.clear();
            batch.add(cache, tokens, 0, tokens.length, tokens.length);
            model.forward(batch);
        }
    }

    private static double kl(float[] expected, float[] actual) {
        double expectedNorm = logSumExp(expected);
        double actualNorm = logSumExp(actual);
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            double logP = expected[i] - expectedNorm;
            sum += Math.exp(logP) * (logP - (actual[i] - actualNorm));
        }
        return Math.max(0, sum);
    }

    private static double logSumExp(float[] logits) {
        double max = logits[Scores.argmax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - max);
        }
        return max + Math.log(sum);
    }
}
