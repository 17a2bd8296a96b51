package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor as it lies in a memory-mapped file: nothing is copied until it is read.
 *
 * <p>Immutable; any number of threads may read at once, until the checkpoint that it came from is closed.
 */
public final class StoredTensor implements TensorReader {
    private final String name;
    private final DataType dataType;
    private final List<Long> shape;
    private final Path file;
    private final MemorySegment storage;
    private final StridedLayout layout;
    private final @Nullable GroupScales scales;

    /** The caller has checked that the layout lies within the storage. */
    StoredTensor(
            String name, DataType dataType, List<Long> shape, Path file, MemorySegment storage, StridedLayout layout) {
        this(name, dataType, shape, file, storage, layout, null);
    }

    private StoredTensor(
            String name,
            DataType dataType,
            List<Long> shape,
            Path file,
            MemorySegment storage,
            StridedLayout layout,
            @Nullable GroupScales scales) {
        this.name = name;
        this.dataType = dataType;
        this.shape = List.copyOf(shape);
        this.file = file;
        this.storage = storage;
        this.layout = layout;
        this.scales = scales;
    }

    /** The same tensor, whose elements are multiplied with scales when they are read. */
    StoredTensor scaledBy(GroupScales scales) {
        return new StoredTensor(name, dataType, shape, file, storage, layout, scales);
    }

    /** The name exactly as the file has it, with any prefix. */
    public String name() {
        return name;
    }

    /** The type of the stored elements; {@link #readFloats} converts from it. */
    public DataType dataType() {
        return dataType;
    }

    /** The size of each dimension, outermost first; empty for a scalar. */
    public List<Long> shape() {
        return shape;
    }

    /** The file that holds the elements, for messages. */
    public Path file() {
        return file;
    }

    /** The product of the shape: 1 for a scalar, 0 where a dimension is 0. */
    public long elementCount() {
        return layout.elementCount();
    }

    /**
     * Reads consecutive elements in row-major order, whatever order the file stores them in, as {@code float}.
     *
     * <p>{@code F16} and {@code BF16} convert exactly; {@code F64}, {@code I64} and {@code I32} round to the nearest
     * {@code float}; {@code BOOL} becomes 0 or 1. Integers that stand for weights of the {@link EightBitScheme} become those
     * weights.
     *
     * @param start row-major position of the first element
     * @param destination where the numbers go
     * @param offset index in {@code destination} of the first
     * @param count how many elements to read
     * @throws IndexOutOfBoundsException if the range leaves the tensor or the destination
     * @throws IllegalStateException if the checkpoint is closed
     */
    @Override
    public void readFloats(long start, float[] destination, int offset, int count) {
        Objects.checkFromIndexSize(start, count, elementCount());
        Objects.checkFromIndexSize(offset, count, destination.length);
        for (int done = 0; done < count; ) {
            long position = start + done;
            int run = (int) Math.min(count - done, layout.runLength(position));
            FloatConversion.read(
                    dataType, storage, layout.indexOf(position), layout.runStride(), destination, offset + done, run);
            done += run;
        }
        if (scales != null) {
            scales.apply(start, destination, offset, count);
        }
    }

    /**
     * Lets the operating system take the pages back that reading brought into this process. They are read again when they
     * are needed again.
     */
    public void release() {
        if (storage.isMapped()) {
            storage.unload();
        }
    }

    /** Name, type and shape, as messages quote a tensor. */
    @Override
    public String toString() {
        return name + " " + dataType + " " + shape;
    }
}
