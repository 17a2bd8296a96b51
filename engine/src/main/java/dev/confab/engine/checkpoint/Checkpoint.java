package dev.confab.engine.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tensors of a checkpoint by name, memory-mapped.
 *
 * {@snippet :
 * try (var checkpoint = Checkpoint.open(Path.of("DialoGPT-medium"))) {
 *     StoredTensor embedding = checkpoint.tensor("transformer.wte.weight").orElseThrow();
 *     float[] firstRow = new float[1024];
 *     embedding.readFloats(0, firstRow, 0, firstRow.length);
 * }
 * }
 *
 * <p>Opening reads only headers; elements are read from the files when a tensor is. The files must not be changed while
 * the checkpoint is open. Any number of threads may use it and its tensors; {@link #close} must come after their last
 * use.
 */
public final class Checkpoint implements AutoCloseable {
    private final Arena arena;
    private final List<StoredTensor> tensors;
    private final List<Path> files;
    private final Map<String, StoredTensor> byName = new LinkedHashMap<>();

    private Checkpoint(Arena arena, List<StoredTensor> tensors) {
        this.arena = arena;
        this.tensors = List.copyOf(tensors);
        this.files = tensors.stream().map(StoredTensor::file).distinct().toList();
        tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    }

    /**
     * Opens a model's folder, one file of weights, or the index of a sharded checkpoint.
     *
     * <p>In a folder it takes the first that exists of {@code model.safetensors}, its {@code .index.json},
     * {@code pytorch_model.bin}, its {@code .index.json}, and a single {@code *.pkl}. A file is read by its content: a
     * name that ends in {@code .safetensors} or {@code .index.json} decides, any other must be of {@code torch.save}.
     *
     * @param folderOrFile the folder or file
     * @return the open checkpoint, to be closed by the caller
     * @throws CheckpointException if there are no weights, or they are truncated, corrupt, hostile or of another kind
     */
    public static Checkpoint open(Path folderOrFile) {
        Path entry = Files.isDirectory(folderOrFile) ? CheckpointFolder.weightsIn(folderOrFile) : folderOrFile;
        Arena arena = Arena.ofShared();
        boolean opened = false;
        try {
            List<StoredTensor> tensors = entry.toString().endsWith(ShardIndex.SUFFIX)
                    ? ShardIndex.read(entry, arena)
                    : WeightFile.read(MappedFile.map(entry, arena));
            var checkpoint = new Checkpoint(arena, tensors);
            opened = true;
            return checkpoint;
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    /** All tensors in the order of the file, shard by shard. */
    public List<StoredTensor> tensors() {
        return tensors;
    }

    /** The names of all tensors in the order of the file. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /**
     * The tensor of a name.
     *
     * @param name the name exactly as the file has it
     */
    public Optional<StoredTensor> tensor(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The texts that stand beside the tensors of a safetensors file.
     *
     * @return empty for a file of another kind, or several files
     */
    public Map<String, String> metadata() {
        return files.size() == 1 && files.getFirst().toString().endsWith(WeightFile.SAFETENSORS)
                ? SafetensorsFile.metadata(MappedFile.map(files.getFirst(), arena))
                : Map.of();
    }

    /** The files that hold the tensors, each once, without the index of a sharded checkpoint. */
    public List<Path> files() {
        return files;
    }

    /**
     * Unmaps the files.
     *
     * @throws IllegalStateException if it is closed already, or a thread is reading from it at this moment
     */
    @Override
    public void close() {
        arena.close();
    }
}
