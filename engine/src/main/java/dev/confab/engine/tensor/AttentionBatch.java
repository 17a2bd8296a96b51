package dev.confab.engine.tensor;

import java.lang.foreign.MemorySegment;

/** Which rows of a batch belong to which sequence, and where that sequence's keys and values lie. */
public interface AttentionBatch {
    /** How many sequences there are. */
    int segments();

    /** The first row of a sequence's new tokens. */
    int firstRow(int segment);

    /** How many new tokens a sequence has. */
    int rows(int segment);

    /** The position of a sequence's first new token. */
    int start(int segment);

    /** The memory of a sequence's positions {@code [32 * block, 32 * block + 32)}, laid out by {@link KeyValueLayout}. */
    MemorySegment block(int segment, int block);
}
