package dev.confab.engine.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;

/** Reads the tensors of one file, whatever its format. */
final class WeightFile {
    private static final String SAFETENSORS = ".safetensors";

    private WeightFile() {}

    /** The file's tensors in its order; they are valid as long as the arena is open. */
    static List<StoredTensor> read(Path path, Arena arena) {
        MappedFile file = MappedFile.map(path, arena);
        if (path.toString().endsWith(SAFETENSORS)) {
            return SafetensorsFile.read(file);
        }
        if (TorchZipFile.recognises(file)) {
            return TorchZipFile.read(file).stateDict();
        }
        if (TorchLegacyFile.recognises(file)) {
            return TorchLegacyFile.read(file).stateDict();
        }
        throw file.fault(ForeignFile.describe(file)
                .orElseGet(() -> "is no file of torch.save: it begins with the bytes " + ForeignFile.firstBytes(file)
                        + "; if it is safetensors, its name must end in " + SAFETENSORS));
    }
}
