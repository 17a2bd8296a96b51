package dev.confab.engine.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * Where the elements of a tensor lie in its storage, everything counted in elements.
 *
 * <p>The dimensions are reduced to the fewest that say the same: those of size 1 vanish and neighbours that follow each
 * other in memory become one, so that a contiguous tensor of any rank is a single run.
 */
final class StridedLayout {
    private final long elementCount;
    private final long offset;
    private final long[] sizes;
    private final long[] strides;

    /**
     * A layout from untrusted numbers.
     *
     * @throws ArithmeticException if the number of elements or the last position exceeds 63 bits
     * @throws IllegalArgumentException if a number is negative or shape and strides differ in length
     */
    static StridedLayout of(long offset, List<Long> shape, List<Long> strides) {
        if (shape.size() != strides.size()) {
            throw new IllegalArgumentException("shape " + shape + " and strides " + strides + " differ in length");
        }
        if (offset < 0
                || shape.stream().anyMatch(n -> n < 0)
                || strides.stream().anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException(
                    "offset " + offset + ", shape " + shape + " or strides " + strides + " is negative");
        }
        return new StridedLayout(offset, shape, strides);
    }

    /**
     * The layout of a row-major tensor without gaps.
     *
     * @throws ArithmeticException if the number of elements exceeds 63 bits
     * @throws IllegalArgumentException if a dimension is negative
     */
    static StridedLayout contiguous(List<Long> shape) {
        Long[] strides = new Long[shape.size()];
        long stride = 1;
        for (int d = strides.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride = Math.multiplyExact(stride, shape.get(d));
        }
        return of(0, shape, List.of(strides));
    }

    private StridedLayout(long offset, List<Long> shape, List<Long> strides) {
        this.offset = offset;
        long[] joinedSizes = new long[shape.size() + 1];
        long[] joinedStrides = new long[shape.size() + 1];
        long count = 1;
        int rank = 0;
        for (int d = 0; d < shape.size(); d++) {
            long size = shape.get(d);
            count = Math.multiplyExact(count, size);
            if (size == 1) {
                continue;
            }
            if (rank > 0 && joinedStrides[rank - 1] == Math.multiplyExact(size, strides.get(d))) {
                joinedSizes[rank - 1] = Math.multiplyExact(joinedSizes[rank - 1], size);
                joinedStrides[rank - 1] = strides.get(d);
            } else {
                joinedSizes[rank] = size;
                joinedStrides[rank] = strides.get(d);
                rank++;
            }
        }
        if (rank == 0) {
            joinedSizes[0] = 1;
            joinedStrides[0] = 1;
            rank = 1;
        }
        this.elementCount = count;
        this.sizes = Arrays.copyOf(joinedSizes, rank);
        this.strides = Arrays.copyOf(joinedStrides, rank);
    }

    long elementCount() {
        return elementCount;
    }

    /**
     * How many elements the storage must have for this tensor to lie within it.
     *
     * @throws ArithmeticException if that exceeds 63 bits
     */
    long requiredElements() {
        if (elementCount == 0) {
            return 0;
        }
        long last = offset;
        for (int d = 0; d < sizes.length; d++) {
            last = Math.addExact(last, Math.multiplyExact(sizes[d] - 1, strides[d]));
        }
        return Math.addExact(last, 1);
    }

    /** The place in the storage of the element at a row-major position. */
    long indexOf(long position) {
        long index = offset;
        long rest = position;
        for (int d = sizes.length - 1; d >= 0; d--) {
            index += rest % sizes[d] * strides[d];
            rest /= sizes[d];
        }
        return index;
    }

    /** How many elements from a row-major position on lie {@link #runStride} apart. */
    long runLength(long position) {
        long innermost = sizes[sizes.length - 1];
        return innermost - position % innermost;
    }

    long runStride() {
        return strides[strides.length - 1];
    }
}
