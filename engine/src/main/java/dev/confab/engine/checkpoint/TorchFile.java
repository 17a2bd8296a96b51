package dev.confab.engine.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code torch.save} wrote, in either format: one pickled value, and storages that its tensors refer to.
 *
 * @param file where it was read
 * @param value the pickled value, of the kinds that {@link PickledValue} lists
 * @param storages the bytes of each storage by key
 */
record TorchFile(MappedFile file, Object value, Map<String, MemorySegment> storages) {
    /** Where training programs put the state dict in a checkpoint that holds more, the most common name first. */
    private static final List<String> STATE_DICT_KEYS = List.of("state_dict", "model_state_dict", "model", "module");

    /** The state dict's tensors in their order; what is no tensor is left out. */
    List<StoredTensor> stateDict() {
        if (!(value instanceof Map<?, ?> root)) {
            throw file.fault("holds a value of kind " + value.getClass().getSimpleName()
                    + ", expected a dictionary of tensors; save model.state_dict()");
        }
        for (String key : STATE_DICT_KEYS) {
            if (root.get(key) instanceof Map<?, ?> nested && holdsTensors(nested)) {
                return tensors(nested);
            }
        }
        if (!holdsTensors(root)) {
            throw file.fault("holds no tensors, neither at the top nor under " + STATE_DICT_KEYS + "; its keys are "
                    + root.keySet().stream().limit(8).toList());
        }
        return tensors(root);
    }

    private static boolean holdsTensors(Map<?, ?> values) {
        return values.values().stream().anyMatch(PickledValue.Tensor.class::isInstance);
    }

    /** The tensors directly in a dictionary. */
    List<StoredTensor> tensors(Map<?, ?> values) {
        var tensors = new ArrayList<StoredTensor>();
        values.forEach((name, value) -> {
            if (value instanceof PickledValue.Tensor tensor) {
                tensors.add(resolve(String.valueOf(name), tensor));
            }
        });
        return tensors;
    }

    private StoredTensor resolve(String name, PickledValue.Tensor tensor) {
        PickledValue.Storage storage = tensor.storage();
        MemorySegment bytes = storages.get(storage.key());
        if (bytes == null) {
            throw file.fault("tensor '" + name + "' lies in storage '" + storage.key()
                    + "', which the file does not have: it is truncated or corrupt; download it again");
        }
        if (storage.elementCount() != bytes.byteSize() / storage.dataType().byteSize()
                || bytes.byteSize() % storage.dataType().byteSize() != 0) {
            throw file.fault("storage '" + storage.key() + "' of tensor '" + name + "' has " + bytes.byteSize()
                    + " bytes, expected " + storage.elementCount() + " elements of " + storage.dataType()
                    + ": the file is truncated or corrupt; download it again");
        }
        return new StoredTensor(name, storage.dataType(), tensor.shape(), file.path(), bytes, layout(name, tensor));
    }

    /** The layout, which must lie within the storage and may not show more elements than that has. */
    private StridedLayout layout(String name, PickledValue.Tensor tensor) {
        long available = tensor.storage().elementCount();
        try {
            var layout = StridedLayout.of(tensor.offset(), tensor.shape(), tensor.strides());
            if (layout.requiredElements() <= available && layout.elementCount() <= available) {
                return layout;
            }
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw file.fault(
                    "tensor '" + name + "' has an impossible layout (" + e.getMessage() + "): shape " + tensor.shape()
                            + ", strides " + tensor.strides() + ", offset " + tensor.offset(),
                    e);
        }
        throw file.fault("tensor '" + name + "' of shape " + tensor.shape() + ", strides " + tensor.strides()
                + ", offset " + tensor.offset() + " reaches beyond its storage of " + available + " elements");
    }
}
