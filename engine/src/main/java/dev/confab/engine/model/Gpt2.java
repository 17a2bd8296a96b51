package dev.confab.engine.model;

import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.KeyValueFormat;
import dev.confab.engine.tensor.KeyValueLayout;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A GPT-2 ready to read tokens. Usable from any thread: forward passes take turns, and each uses all workers.
 *
 * <p>Holds memory off the heap, which {@link #close} gives back; caches of a closed model must not be used.
 */
public final class Gpt2 implements AutoCloseable {
    private final Gpt2Config config;
    private final WeightFormat format;
    private final Kernels kernels;
    private final WorkerPool pool;
    private final Arena weightMemory;
    private final long weightBytes;
    private final KeyValueArena keyValues;
    private final ForwardPass pass;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean closed;

    Gpt2(
            Gpt2Config config,
            WeightFormat format,
            Gpt2Weights weights,
            Arena weightMemory,
            Kernels kernels,
            WorkerPool pool,
            long keyValueBytes) {
        this.config = config;
        this.format = format;
        this.kernels = kernels;
        this.pool = pool;
        this.weightMemory = weightMemory;
        weightBytes = weights.bytesPerToken();
        // Exact weights deserve exact keys and values; otherwise half the memory traffic is worth more.
        KeyValueFormat keyValueFormat = format == WeightFormat.F32 ? KeyValueFormat.F32 : KeyValueFormat.BF16;
        var layout = new KeyValueLayout(config.layers(), config.heads(), config.headSize(), keyValueFormat);
        keyValues = new KeyValueArena(layout, config.positions(), keyValueBytes);
        pass = new ForwardPass(config, weights, layout, kernels.operations(pool, config.positions()));
    }

    /** The model's architecture. */
    public Gpt2Config config() {
        return config;
    }

    /** The format that the weights are held in. */
    public WeightFormat format() {
        return format;
    }

    /** The kernel set that does the arithmetic. */
    public Kernels kernels() {
        return kernels;
    }

    /**
     * Replaces the logits of one position by log-probabilities, with this model's kernels. Usable from any thread.
     *
     * @param logits {@code [vocabulary]}
     */
    public void logSoftmax(float[] logits) {
        float max = Float.NEGATIVE_INFINITY;
        for (float logit : logits) {
            max = Math.max(max, logit);
        }
        float logSum = (float) Math.log(kernels.rows().sumOfExponentials(logits, 0, logits.length, max));
        for (int i = 0; i < logits.length; i++) {
            logits[i] = logits[i] - max - logSum;
        }
    }

    /** Bytes of weights that are read for each token when one sequence is decoded. */
    public long weightBytes() {
        return weightBytes;
    }

    /** Bytes of keys and values that a sequence takes for each of its tokens. */
    public long keyValueBytesPerToken() {
        return keyValues.blockBytes() / KeyValueLayout.POSITIONS;
    }

    /** How many blocks of key-value memory there can be; a block holds the keys and values of 32 positions. */
    public long keyValueBlocks() {
        return keyValues.capacity();
    }

    /** How many blocks a sequence of so many tokens takes. */
    public long keyValueBlocks(int tokens) {
        return (tokens + KeyValueLayout.POSITIONS - 1L) / KeyValueLayout.POSITIONS;
    }

    /** The bound on the memory for keys and values, in bytes. */
    public long keyValueCapacity() {
        return keyValues.capacity() * keyValues.blockBytes();
    }

    /** How many threads share a forward pass. */
    public int threads() {
        return pool.workers();
    }

    /** Bytes of key-value memory that open caches hold. */
    public long keyValueBytes() {
        return keyValues.heldBytes();
    }

    /** An empty cache. */
    public KeyValueCache newCache() {
        return new KeyValueCache(keyValues, config.positions());
    }

    /**
     * Reads the new tokens of all segments in one pass, appends them to their caches, and leaves the results in the
     * batch.
     *
     * @throws IllegalArgumentException if a token is outside the vocabulary or a cache would pass the model's positions;
     *     then the caches are unchanged
     * @throws dev.confab.engine.error.ConfabException if the key-value memory is full; then the caches are unchanged or
     *     hold some of the new tokens: truncate or close them
     * @throws IllegalStateException if a cache or the model is closed
     */
    public void forward(ForwardBatch batch) {
        requireReadable(batch);
        turn.lock();
        try {
            requireOpen();
            pass.run(batch);
        } finally {
            turn.unlock();
        }
    }

    /**
     * Takes the key-value memory that a batch needs, so that its forward pass will not lack any.
     *
     * @param firstSegment the first of the batch's segments to take it for
     * @throws dev.confab.engine.error.ConfabException if the key-value memory is full; the caches' tokens are unchanged
     * @throws IllegalArgumentException if a cache would pass the model's positions
     * @throws IllegalStateException if a cache or the model is closed
     */
    public void reserve(ForwardBatch batch, int firstSegment) {
        turn.lock();
        try {
            requireOpen();
            for (int s = firstSegment; s < batch.segmentCount(); s++) {
                ForwardBatch.Segment segment = batch.segment(s);
                segment.cache.reserve(segment.tokens);
            }
        } finally {
            turn.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
    }

    private void requireReadable(ForwardBatch batch) {
        for (int s = 0; s < batch.segmentCount(); s++) {
            ForwardBatch.Segment segment = batch.segment(s);
            segment.cache.requireRoom(segment.tokens);
            for (int i = 0; i < segment.tokens; i++) {
                int token = batch.token(segment.firstToken + i);
                if (token < 0 || token >= config.vocabularySize()) {
                    throw new IllegalArgumentException(
                            "token " + token + " is outside the vocabulary of " + config.vocabularySize());
                }
            }
        }
    }

    /** Waits for the pass that is running, ends the threads and gives the memory back. Closing twice is harmless. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (!closed) {
                closed = true;
                pool.close();
                keyValues.close();
                weightMemory.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
