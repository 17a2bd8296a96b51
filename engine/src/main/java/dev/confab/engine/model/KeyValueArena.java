package dev.confab.engine.model;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.KeyValueLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/**
 * The memory of all key-value caches of a model: blocks of 32 positions, handed out and taken back, up to a bound.
 * Blocks are counted, so that forked caches share them. Usable from any thread.
 */
final class KeyValueArena implements AutoCloseable {
    /** A block and how many caches hold it. */
    static final class Block {
        final MemorySegment memory;
        private int holders = 1;

        private Block(MemorySegment memory) {
            this.memory = memory;
        }
    }

    private static final long ALIGNMENT = 64;

    private final Arena memory = Arena.ofShared();
    private final ArrayDeque<Block> free = new ArrayDeque<>();
    private final long blockBytes;
    private final long capacity;
    private long allocated;

    /**
     * An arena without blocks yet.
     *
     * @param bytes the bound on all blocks together; at least one sequence of the model's full length is allowed
     */
    KeyValueArena(KeyValueLayout layout, int positions, long bytes) {
        blockBytes = layout.blockBytes();
        long oneSequence = (positions + KeyValueLayout.POSITIONS - 1L) / KeyValueLayout.POSITIONS;
        // One more: a fork that writes into a shared block needs its own copy of it.
        capacity = Math.max(oneSequence + 1, bytes / blockBytes);
    }

    /**
     * A block that nobody holds; its content is arbitrary but finite.
     *
     * @throws ConfabException if the bound is reached
     */
    synchronized Block take() {
        Block block = free.poll();
        if (block != null) {
            block.holders = 1;
            return block;
        }
        if (allocated == capacity) {
            throw new ConfabException("the key-value memory is full: " + ((capacity * blockBytes) >> 20)
                    + " MB are held by open conversations; close some or allow more");
        }
        allocated++;
        return new Block(memory.allocate(blockBytes, ALIGNMENT));
    }

    /** Counts one more holder. */
    synchronized void share(Block block) {
        block.holders++;
    }

    /** Counts one holder less; the last one gives the block back. */
    synchronized void release(Block block) {
        if (--block.holders == 0) {
            free.push(block);
        }
    }

    /** The block itself if the caller is its only holder, else a copy that is, in place of the caller's share. */
    synchronized Block own(Block block) {
        if (block.holders == 1) {
            return block;
        }
        Block copy = take();
        MemorySegment.copy(block.memory, 0, copy.memory, 0, blockBytes);
        block.holders--;
        return copy;
    }

    /** How many blocks there can be. */
    long capacity() {
        return capacity;
    }

    /** Bytes of a block. */
    long blockBytes() {
        return blockBytes;
    }

    /** Bytes of blocks that some cache holds. */
    synchronized long heldBytes() {
        return (allocated - free.size()) * blockBytes;
    }

    @Override
    public void close() {
        memory.close();
    }
}
