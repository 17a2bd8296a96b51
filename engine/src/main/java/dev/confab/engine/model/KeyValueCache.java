package dev.confab.engine.model;

import dev.confab.engine.tensor.KeyValueLayout;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The keys and values of the tokens that a model has read: what lets it read the next token without the earlier ones.
 *
 * <p>A cache is a list of blocks of 32 positions. {@link #fork} shares them; only the last, partly filled block is
 * copied, when one of the sharers first writes to it. Belongs to one thread at a time, and must be closed.
 */
public final class KeyValueCache implements AutoCloseable {
    private static final int POSITIONS = KeyValueLayout.POSITIONS;

    private final KeyValueArena arena;
    private final int capacity;
    private KeyValueArena.Block[] blocks = new KeyValueArena.Block[4];
    private int blockCount;
    private int length;
    private boolean closed;

    KeyValueCache(KeyValueArena arena, int capacity) {
        this.arena = arena;
        this.capacity = capacity;
    }

    /** How many tokens are in the cache. */
    public int length() {
        return length;
    }

    /** How many tokens fit: the model's positions. */
    public int capacity() {
        return capacity;
    }

    /**
     * Forgets all tokens from {@code length} on.
     *
     * @throws IllegalArgumentException if {@code length} is negative or beyond the current length
     */
    public void truncate(int length) {
        if (length < 0 || length > this.length) {
            throw new IllegalArgumentException("cannot truncate a cache of " + this.length + " tokens to " + length);
        }
        this.length = length;
        int needed = blocksFor(length);
        while (blockCount > needed) {
            arena.release(blocks[--blockCount]);
        }
    }

    /** A second cache with the same tokens, which shares their memory. */
    public KeyValueCache fork() {
        requireOpen();
        var fork = new KeyValueCache(arena, capacity);
        // Blocks behind the last token, which a forward pass that failed has left, stay with this cache.
        fork.blocks = Arrays.copyOf(blocks, blocks.length);
        fork.blockCount = blocksFor(length);
        fork.length = length;
        for (int i = 0; i < fork.blockCount; i++) {
            arena.share(blocks[i]);
        }
        return fork;
    }

    /** Gives the memory back. Closing twice is harmless. */
    @Override
    public void close() {
        if (!closed) {
            truncate(0);
            closed = true;
        }
    }

    /** Checks that the cache is open and {@code count} more tokens would not pass the model's positions. */
    void requireRoom(int count) {
        requireOpen();
        if (count > capacity - length) {
            throw new IllegalArgumentException("the cache holds " + length + " tokens; " + count
                    + " more would pass the model's " + capacity + " positions");
        }
    }

    /** Makes room for {@code count} tokens behind the last, in blocks that nobody shares. */
    void reserve(int count) {
        requireRoom(count);
        if (length % POSITIONS != 0) {
            int last = length / POSITIONS;
            blocks[last] = arena.own(blocks[last]);
        }
        int needed = blocksFor(length + count);
        if (needed > blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(needed, 2 * blocks.length));
        }
        while (blockCount < needed) {
            blocks[blockCount] = arena.take();
            blockCount++;
        }
    }

    /** Counts {@code count} tokens as read, after their keys and values have been stored. */
    void advance(int count) {
        length += count;
    }

    MemorySegment block(int index) {
        return blocks[index].memory;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the key-value cache is closed");
        }
    }

    private static int blocksFor(int tokens) {
        return (tokens + POSITIONS - 1) / POSITIONS;
    }
}
