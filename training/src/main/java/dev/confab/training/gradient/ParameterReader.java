package dev.confab.training.gradient;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.CheckpointException;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.model.TensorNames;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a checkpoint's tensors into the array that training changes. */
public final class ParameterReader {
    private ParameterReader() {}

    /**
     * Reads all parameters.
     *
     * @param location a folder or file that {@link Checkpoint#open} takes
     * @param values receives {@link ParameterLayout#size()} numbers
     * @throws CheckpointException if one is missing or has another shape
     */
    public static void read(Path location, ParameterLayout layout, float[] values) {
        try (Checkpoint checkpoint = Checkpoint.open(location)) {
            Map<String, StoredTensor> tensors = new HashMap<>();
            for (StoredTensor tensor : checkpoint.tensors()) {
                Optional<String> name = TensorNames.canonical(tensor.name());
                name.ifPresent(canonical -> tensors.put(canonical, tensor));
            }
            for (Parameter parameter : layout.parameters()) {
                StoredTensor tensor = tensors.get(parameter.name());
                List<Long> expected =
                        parameter.shape().stream().map(Integer::longValue).toList();
                if (tensor == null) {
                    throw new CheckpointException(
                            location + ": tensor '" + parameter.name() + "' is missing; expected one of " + expected);
                }
                if (!tensor.shape().equals(expected)) {
                    throw new CheckpointException(tensor.file() + ": tensor '" + tensor.name() + "' has shape "
                            + tensor.shape() + ", expected " + expected);
                }
                tensor.readFloats(0, values, parameter.offset(), parameter.size());
                tensor.release();
            }
        }
    }
}
