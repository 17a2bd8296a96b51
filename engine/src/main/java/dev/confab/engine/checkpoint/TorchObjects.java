package dev.confab.engine.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds what a state dict's pickle constructs: descriptions of storages and tensors, and a few harmless values. */
final class TorchObjects {
    /** Torch's own limit. */
    private static final int MAX_DIMENSIONS = 64;

    private TorchObjects() {}

    /**
     * The storage of a persistent id: {@code ('storage', class, key, device, element count)}, in the legacy format
     * followed by the description of a view, which torch has written as None since version 0.4.
     */
    static PickledValue.Storage storage(PickleInput input, Object persistentId) {
        if (persistentId instanceof PickledValue.Tuple(List<Object> id)
                && id.size() >= 5
                && id.get(0).equals("storage")
                && id.get(1) instanceof PickledGlobal.StorageClass(DataType type)
                && id.get(2) instanceof String key
                && id.get(4) instanceof Long count
                && count >= 0
                && (id.size() == 5 || (id.size() == 6 && id.get(5) == PickledValue.Marker.NONE))) {
            return new PickledValue.Storage(type, key, count);
        }
        throw input.fault("its pickle has a persistent id that is no storage before byte " + input.position()
                + ": the file holds more than weights, or is corrupt");
    }

    static Object construct(PickleInput input, PickledGlobal.Constructor constructor, List<Object> arguments) {
        return switch (constructor) {
            case ORDERED_DICT -> orderedDict(input, arguments);
            case TENSOR -> tensor(input, arguments);
            case PARAMETER -> parameter(input, arguments);
            case SIZE -> size(input, arguments);
            case DEVICE -> PickledValue.Marker.DEVICE;
        };
    }

    private static Map<Object, Object> orderedDict(PickleInput input, List<Object> arguments) {
        if (arguments.isEmpty()) {
            return new LinkedHashMap<>();
        }
        throw wrong(input, "an OrderedDict", arguments);
    }

    /** Arguments: storage, offset, shape, strides, and the gradient's settings, which are of no use here. */
    private static PickledValue.Tensor tensor(PickleInput input, List<Object> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof PickledValue.Storage storage
                && arguments.get(1) instanceof Long offset) {
            return new PickledValue.Tensor(
                    storage, offset, integers(input, arguments.get(2)), integers(input, arguments.get(3)));
        }
        throw wrong(input, "a tensor", arguments);
    }

    private static PickledValue.Tensor parameter(PickleInput input, List<Object> arguments) {
        if (!arguments.isEmpty() && arguments.get(0) instanceof PickledValue.Tensor tensor) {
            return tensor;
        }
        throw wrong(input, "a parameter", arguments);
    }

    private static PickledValue.Tuple size(PickleInput input, List<Object> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof PickledValue.Tuple size) {
            return size;
        }
        throw wrong(input, "a torch.Size", arguments);
    }

    private static List<Long> integers(PickleInput input, Object value) {
        if (!(value instanceof PickledValue.Tuple(List<Object> items)) || items.size() > MAX_DIMENSIONS) {
            throw wrong(input, "a shape", List.of(value));
        }
        var integers = new ArrayList<Long>();
        for (Object item : items) {
            if (!(item instanceof Long integer)) {
                throw wrong(input, "a shape", items);
            }
            integers.add(integer);
        }
        return List.copyOf(integers);
    }

    private static CheckpointException wrong(PickleInput input, String what, List<Object> arguments) {
        List<String> kinds = arguments.stream()
                .limit(8)
                .map(argument -> argument.getClass().getSimpleName())
                .toList();
        return input.fault(
                "its pickle makes " + what + " from " + arguments.size() + " values " + kinds + " before byte "
                        + input.position() + ": the file is corrupt or of a version that Confab does not know");
    }
}
