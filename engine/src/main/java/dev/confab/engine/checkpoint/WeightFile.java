package dev.confab.engine.checkpoint;

import java.util.List;

/** Reads the tensors of one file, whatever its format. */
final class WeightFile {
    static final String SAFETENSORS = ".safetensors";

    private WeightFile() {}

    /** The file's tensors in its order; they are valid as long as it is mapped. */
    static List<StoredTensor> read(MappedFile file) {
        if (file.path().toString().endsWith(SAFETENSORS)) {
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
