package dev.confab.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where the keys and values of {@value #POSITIONS} neighbouring positions lie in a block of memory.
 *
 * <p>For each layer and head: keys as {@code [headSize][32 positions]}, so that a query times all keys is a plain
 * multiply-add over positions, then values as {@code [32 positions][paddedHeadSize]}. In bf16 each run of 32 numbers
 * is interleaved: numbers 0 to 15 are the low halves of 16 ints and numbers 16 to 31 the high halves, which a vector
 * unit of any width takes apart with a shift and a mask.
 *
 * @param layers layers of the model
 * @param heads attention heads
 * @param headSize dimensions of a head
 * @param format the number format
 */
public record KeyValueLayout(int layers, int heads, int headSize, KeyValueFormat format) {
    /** Positions in a block. */
    public static final int POSITIONS = 32;

    private static final int RUN = 32;

    /** Dimensions of a head's values with padding: a multiple of 32. */
    public int paddedHeadSize() {
        return (headSize + RUN - 1) & -RUN;
    }

    /** Bytes of a block for all layers and heads. */
    public long blockBytes() {
        return (long) layers * heads * headBytes();
    }

    /** Where a head's keys begin in a block. */
    public long keys(int layer, int head) {
        return ((long) layer * heads + head) * headBytes();
    }

    /** Where a head's values begin in a block. */
    public long values(int layer, int head) {
        return keys(layer, head) + keyBytes();
    }

    private long keyBytes() {
        return (long) headSize * POSITIONS * format.bytes();
    }

    private long headBytes() {
        return keyBytes() + (long) POSITIONS * paddedHeadSize() * format.bytes();
    }

    /**
     * Writes one position's key and value of a head.
     *
     * @param slot the position within the block, 0 to 31
     * @param source holds {@code headSize} floats from {@code keyOffset} and from {@code valueOffset}
     */
    void store(MemorySegment block, int layer, int head, int slot, float[] source, int keyOffset, int valueOffset) {
        long key = keys(layer, head);
        long value = values(layer, head);
        if (format == KeyValueFormat.F32) {
            for (int d = 0; d < headSize; d++) {
                block.set(ValueLayout.JAVA_FLOAT, key + 4L * (d * POSITIONS + slot), source[keyOffset + d]);
                block.set(ValueLayout.JAVA_FLOAT, value + 4L * (slot * paddedHeadSize() + d), source[valueOffset + d]);
            }
        } else {
            int lane = interleaved(slot);
            for (int d = 0; d < headSize; d++) {
                int valueIndex = slot * paddedHeadSize() + (d & -RUN) + interleaved(d & (RUN - 1));
                block.set(
                        ValueLayout.JAVA_SHORT,
                        key + 2L * (d * POSITIONS + lane),
                        BFloat16.fromFloat(source[keyOffset + d]));
                block.set(ValueLayout.JAVA_SHORT, value + 2L * valueIndex, BFloat16.fromFloat(source[valueOffset + d]));
            }
        }
    }

    /** Where number {@code i} of a run of 32 lies in bf16: low halves of 16 ints, then high halves. */
    static int interleaved(int i) {
        return i < RUN / 2 ? 2 * i : 2 * (i - RUN / 2) + 1;
    }
}
