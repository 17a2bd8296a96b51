package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.KeyValueCache;
import java.util.Arrays;

/** How likely a model finds a given text. */
final class Likelihood {
    /** Tokens per forward pass whose logits are wanted; each has a row as long as the vocabulary. */
    private static final int CHUNK = 64;

    private Likelihood() {}

    static double[] logProbabilities(Gpt2 model, int[] context, int[] continuation) {
        require(model, context, continuation);
        int[] text = Arrays.copyOf(context, context.length + continuation.length);
        System.arraycopy(continuation, 0, text, context.length, continuation.length);
        double[] logProbabilities = new double[continuation.length];
        float[] scores = new float[model.config().vocabularySize()];
        var batch = new ForwardBatch();
        try (KeyValueCache cache = model.newCache()) {
            // The last token is not read: nothing after it is wanted.
            int from = 0;
            for (int first = 0; first < continuation.length; first += CHUNK) {
                int count = Math.min(CHUNK, continuation.length - first);
                int to = context.length + first + count - 1;
                batch.clear();
                int row = batch.add(cache, text, from, to, count);
                model.forward(batch);
                for (int i = 0; i < count; i++) {
                    batch.copyLogits(row + i, scores);
                    logProbabilities[first + i] = scores[continuation[first + i]] - Scores.logSumExp(scores);
                }
                from = to;
            }
        }
        return logProbabilities;
    }

    private static void require(Gpt2 model, int[] context, int[] continuation) {
        PreparedRequest.requireTokens("context", context, model.config().vocabularySize());
        PreparedRequest.requireTokens(
                "continuation", continuation, model.config().vocabularySize());
        int length = context.length + continuation.length;
        int positions = model.config().positions();
        if (length - 1 > positions) {
            throw new GenerationException("context and continuation have " + length + " tokens, but the model has "
                    + positions + " positions; shorten the context");
        }
    }
}
