package dev.confab.engine.checkpoint;

import java.util.List;

/**
 * The values of a pickle that Java has no type for. The others are {@link String}, {@link Long},
 * {@link java.math.BigInteger}, {@link Double}, {@link Boolean}, {@link java.util.ArrayList} for a list and
 * {@link java.util.LinkedHashMap} for a dictionary.
 */
sealed interface PickledValue {
    /** Values without content. */
    enum Marker implements PickledValue {
        NONE,
        DEVICE
    }

    /** An immutable sequence. */
    record Tuple(List<Object> items) implements PickledValue {}

    /** A reference to a storage, whose elements lie outside the pickle. */
    record Storage(DataType dataType, String key, long elementCount) implements PickledValue {}

    /** A view of a storage; the numbers are as untrusted as the file. */
    record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) implements PickledValue {}
}
