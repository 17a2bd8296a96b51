package dev.confab.engine.generation;

import dev.confab.engine.generation.logits.Scores;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.KeyValueCache;
import org.jspecify.annotations.Nullable;

/**
 * The way of one sequence through the model: its cache and, with guidance, that of the reading without the prompt.
 *
 * <p>Guidance is transformers' {@code UnbatchedClassifierFreeGuidanceLogitsProcessor}, the first of all processors: the
 * log-probabilities become {@code scale * (with prompt - without) + without}. Belongs to one thread.
 */
final class Lane implements AutoCloseable {
    private final PreparedRequest request;
    private final KeyValueCache cache;
    private final @Nullable KeyValueCache unconditional;
    private final boolean ownsCache;
    private int row;
    private int unconditionalRow;

    private Lane(
            PreparedRequest request, KeyValueCache cache, @Nullable KeyValueCache unconditional, boolean ownsCache) {
        this.request = request;
        this.cache = cache;
        this.unconditional = unconditional;
        this.ownsCache = ownsCache;
    }

    /**
     * A lane over a cache that stays the caller's.
     *
     * @param cache holds the beginning of the visible prompt, perhaps nothing, never all of it
     */
    static Lane over(KeyValueCache cache, PreparedRequest request) {
        KeyValueCache unconditional = request.guided() ? request.model().newCache() : null;
        return new Lane(request, cache, unconditional, false);
    }

    /** A second lane that shares the past, and the results of the last forward pass. */
    Lane fork() {
        KeyValueCache unconditionalFork = unconditional == null ? null : unconditional.fork();
        var fork = new Lane(request, cache.fork(), unconditionalFork, true);
        fork.row = row;
        fork.unconditionalRow = unconditionalRow;
        return fork;
    }

    /** How many tokens the cache holds. */
    int cached() {
        return cache.length();
    }

    /** Whether the model has no position left to read another token at. */
    boolean full() {
        return cache.length() == cache.capacity()
                || (unconditional != null && unconditional.length() == unconditional.capacity());
    }

    /** Adds what is missing of the prompt, and asks for the result of its last token. */
    void enqueuePrompt(ForwardBatch batch) {
        int[] visible = request.visiblePrompt();
        enqueue(batch, visible, cache.length(), visible.length, 1);
        enqueueNegativePrompt(batch);
    }

    /** Adds the beginning of the reading without the prompt. */
    void enqueueNegativePrompt(ForwardBatch batch) {
        if (unconditional != null) {
            int[] negative = request.negativePrompt();
            unconditionalRow = batch.add(unconditional, negative, 0, negative.length, 1);
        }
    }

    /** Adds the sequence's last token. */
    void enqueueLast(ForwardBatch batch, TokenSequence sequence) {
        int[] ids = sequence.ids();
        int length = sequence.length();
        enqueue(batch, ids, length - 1, length, 1);
        if (unconditional != null) {
            unconditionalRow = batch.add(unconditional, ids, length - 1, length, 1);
        }
    }

    /** Adds tokens without guidance, and asks for the results of the last of them. */
    void enqueue(ForwardBatch batch, int[] tokens, int from, int to, int outputs) {
        row = batch.add(cache, tokens, from, to, outputs);
    }

    /** Forgets all cached tokens but the first. */
    void truncate(int length) {
        cache.truncate(length);
    }

    /** The scores after the last token, guidance included. */
    void read(ForwardBatch batch, float[] scores) {
        read(batch, 0, scores);
    }

    /** The scores after the token of the given rank among those that results were asked for, guidance included. */
    void read(ForwardBatch batch, int rank, float[] scores) {
        batch.copyLogits(row + rank, scores);
        if (unconditional != null) {
            guide(batch, scores);
        }
    }

    /** The log-probabilities after the last token; with guidance not normalised again, as in the reference. */
    void readLogProbabilities(ForwardBatch batch, float[] scores) {
        read(batch, scores);
        if (unconditional == null) {
            request.model().logSoftmax(scores);
        }
    }

    /** The hidden state of the token of the given rank. */
    void readHidden(ForwardBatch batch, int rank, float[] hidden) {
        batch.copyHidden(row + rank, hidden);
    }

    /** The model's own log-probability of a token after the token of the given rank; {@code scratch} is overwritten. */
    float logProbability(ForwardBatch batch, int rank, int token, float[] scratch) {
        batch.copyLogits(row + rank, scratch);
        return (float) (scratch[token] - Scores.logSumExp(scratch));
    }

    private void guide(ForwardBatch batch, float[] scores) {
        float[] without = new float[scores.length];
        batch.copyLogits(unconditionalRow, without);
        Scores.logSoftmax(without);
        Scores.logSoftmax(scores);
        Double set = request.config().guidanceScale();
        float scale = set == null ? 1 : set.floatValue();
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scale * (scores[i] - without[i]) + without[i];
        }
    }

    /** Closes the lane if it is a fork; the one that was made first is closed by who made it. */
    void closeFork() {
        if (ownsCache) {
            close();
        }
    }

    @Override
    public void close() {
        if (ownsCache) {
            cache.close();
        }
        if (unconditional != null) {
            unconditional.close();
        }
    }
}
