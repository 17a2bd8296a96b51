package dev.confab.engine.checkpoint;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a state dict's pickle may refer to by module and name. Nothing else exists for the unpickler. */
sealed interface PickledGlobal {
    /** A constructor, as far as its result matters for a state dict. */
    enum Constructor implements PickledGlobal {
        ORDERED_DICT,
        TENSOR,
        PARAMETER,
        SIZE,
        DEVICE
    }

    /** The class of a storage, which says what type its elements have. */
    record StorageClass(DataType dataType) implements PickledGlobal {}

    /** A {@code torch.dtype} beside the tensors, as training checkpoints note it; of no interest here. */
    record TorchDataType(String name) implements PickledGlobal {}

    /** All that is known, by {@code module.name}. */
    Map<String, PickledGlobal> KNOWN = known();

    /** The global of that module and name, or null where a state dict needs no such thing. */
    static @Nullable PickledGlobal find(String module, String name) {
        return KNOWN.get(module + "." + name);
    }

    private static Map<String, PickledGlobal> known() {
        var known = new HashMap<String, PickledGlobal>();
        known.put("collections.OrderedDict", Constructor.ORDERED_DICT);
        known.put("torch._utils._rebuild_tensor_v2", Constructor.TENSOR);
        known.put("torch._utils._rebuild_parameter", Constructor.PARAMETER);
        known.put("torch.Size", Constructor.SIZE);
        known.put("torch.device", Constructor.DEVICE);
        known.put("torch.DoubleStorage", new StorageClass(DataType.F64));
        known.put("torch.FloatStorage", new StorageClass(DataType.F32));
        known.put("torch.HalfStorage", new StorageClass(DataType.F16));
        known.put("torch.BFloat16Storage", new StorageClass(DataType.BF16));
        known.put("torch.LongStorage", new StorageClass(DataType.I64));
        known.put("torch.IntStorage", new StorageClass(DataType.I32));
        known.put("torch.ShortStorage", new StorageClass(DataType.I16));
        known.put("torch.CharStorage", new StorageClass(DataType.I8));
        known.put("torch.ByteStorage", new StorageClass(DataType.U8));
        known.put("torch.BoolStorage", new StorageClass(DataType.BOOL));
        for (String name : new String[] {
            "float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool"
        }) {
            known.put("torch." + name, new TorchDataType("torch." + name));
        }
        return Map.copyOf(known);
    }
}
