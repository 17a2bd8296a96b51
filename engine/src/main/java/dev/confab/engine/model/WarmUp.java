package dev.confab.engine.model;

import dev.confab.engine.tensor.WeightFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Gets the kernels compiled while a model is still being loaded.
 *
 * <p>Until Java has compiled it, code on the Vector API puts every vector on the heap and runs a hundred times slower:
 * a real prompt would spend seconds there. A model of a few thousand weights runs the same kernels often enough in a
 * fraction of that time.
 */
final class WarmUp {
    private static final Gpt2Config TINY = Gpt2Config.of(64, 128, 64, 1, 1);
    private static final int PROMPT_TOKENS = 16;
    private static final int MOST_ROUNDS = 400;
    private static final long MOST_NANOS = 2_000_000_000;
    /** So much faster than at first is a round when everything is compiled. */
    private static final int SPEED_UP = 60;

    private static final int FAST_ROUNDS_TO_BE_SURE = 20;

    private WarmUp() {}

    /** Starts warming up the kernels that a model in this format will use. */
    static Future<?> start(WeightFormat format, LoadOptions options) {
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform().daemon().name("confab-warm-up").start(() -> {
            try {
                run(format, options);
            } finally {
                done.complete(null);
            }
        });
        return done;
    }

    /** Waits for the end. */
    static void await(Future<?> warmUp) {
        try {
            warmUp.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(WeightFormat format, LoadOptions options) {
        try (Gpt2 model = Gpt2Loader.tiny(TINY, format, options)) {
            var batch = new ForwardBatch();
            int[] tokens = new int[PROMPT_TOKENS + 1];
            long begin = System.nanoTime();
            long first = 0;
            int fast = 0;
            for (int i = 0; i < MOST_ROUNDS && fast < FAST_ROUNDS_TO_BE_SURE; i++) {
                long start = System.nanoTime();
                round(model, batch, tokens, i);
                long now = System.nanoTime();
                first = Math.max(first, now - start);
                fast = now - start < first / SPEED_UP ? fast + 1 : 0;
                if (now - begin > MOST_NANOS) {
                    return;
                }
            }
        }
    }

    /** A prompt of 11 to 16 tokens, which takes every block of rows, and one token after it. */
    private static void round(Gpt2 model, ForwardBatch batch, int[] tokens, int number) {
        int prompt = PROMPT_TOKENS - number % 6;
        try (KeyValueCache cache = model.newCache()) {
            batch.clear();
            batch.add(cache, tokens, 0, prompt, 1);
            model.forward(batch);
            batch.clear();
            batch.add(cache, tokens, prompt, prompt + 1, 1);
            model.forward(batch);
        }
    }
}
