package dev.confab.engine.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the weights in a model's folder by the names that transformers and Microsoft gave them. */
final class CheckpointFolder {
    /** In order of preference: safetensors can be mapped as it is and runs no code anywhere. */
    private static final List<String> NAMES = List.of(
            "model.safetensors",
            "model.safetensors" + ShardIndex.SUFFIX,
            "pytorch_model.bin",
            "pytorch_model.bin" + ShardIndex.SUFFIX);

    private static final String PICKLE = ".pkl";

    private CheckpointFolder() {}

    /** The file or index to read in a folder. */
    static Path weightsIn(Path folder) {
        for (String name : NAMES) {
            Path path = folder.resolve(name);
            if (Files.isRegularFile(path)) {
                return path;
            }
        }
        List<Path> files = list(folder);
        List<Path> pickles =
                files.stream().filter(file -> file.toString().endsWith(PICKLE)).toList();
        if (pickles.size() > 1) {
            throw new CheckpointException(
                    folder + ": holds several checkpoints " + names(pickles) + "; point at one of these files");
        }
        if (pickles.isEmpty()) {
            throw new CheckpointException(folder + ": holds no weights, expected one of " + NAMES + " or a *" + PICKLE
                    + ", found " + names(files) + "; download the model's weights, or point at another folder");
        }
        return pickles.getFirst();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new CheckpointException(folder + ": cannot be listed: " + e, e);
        }
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> String.valueOf(file.getFileName())).toList();
    }
}
