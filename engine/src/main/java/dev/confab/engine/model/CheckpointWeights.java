package dev.confab.engine.model;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.CheckpointException;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.checkpoint.TensorReader;
import dev.confab.engine.tensor.MatrixSource;
import dev.confab.engine.tensor.WeightFormat;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A checkpoint's tensors by canonical name, each checked against the shape that the configuration asks for. */
final class CheckpointWeights implements WeightSource {
    private final Gpt2Config config;
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final String where;
    private final @Nullable LoraAdapter adapter;

    /**
     * Indexes a checkpoint.
     *
     * @param location where it was opened, for messages
     * @param adapter merged into the weights that it adapts
     * @throws CheckpointException if two tensors have the same canonical name
     */
    CheckpointWeights(Checkpoint checkpoint, Gpt2Config config, Path location, @Nullable LoraAdapter adapter) {
        this.config = config;
        this.adapter = adapter;
        where = String.valueOf(
                checkpoint.files().isEmpty() ? location : checkpoint.files().getFirst());
        for (StoredTensor tensor : checkpoint.tensors()) {
            TensorNames.canonical(tensor.name()).ifPresent(name -> {
                StoredTensor other = tensors.put(name, tensor);
                if (other != null) {
                    throw new CheckpointException(tensor.file() + ": tensors '" + other.name() + "' and '"
                            + tensor.name() + "' both stand for '" + name + "'");
                }
            });
        }
        if (config.tiedHead()) {
            // A written copy of the tied head; the embedding counts, as in transformers.
            used.add(TensorNames.HEAD);
        }
    }

    /** Takes a tensor as one that belongs there, though the language model has no place for it. */
    void allow(String name) {
        used.add(name);
    }

    @Override
    public MatrixSource embedding(String name, int outputs, int inputs) {
        StoredTensor tensor = require(name, List.of((long) outputs, (long) inputs));
        return new MatrixSource(outputs, inputs, (firstOutput, count, tile, stride) -> {
            float[] row = new float[inputs];
            for (int o = 0; o < count; o++) {
                tensor.readFloats((long) (firstOutput + o) * inputs, row, 0, inputs);
                for (int i = 0; i < inputs; i++) {
                    tile[i * stride + o] = row[i];
                }
            }
        });
    }

    @Override
    public MatrixSource linear(String name, int outputs, int inputs) {
        require(name, List.of((long) inputs, (long) outputs));
        TensorReader tensor = reader(name);
        return new MatrixSource(outputs, inputs, (firstOutput, count, tile, stride) -> {
            for (int i = 0; i < inputs; i++) {
                tensor.readFloats((long) i * outputs + firstOutput, tile, i * stride, count);
            }
        });
    }

    @Override
    public void requireVector(String name, int size) {
        storedVector(name, size);
    }

    @Override
    public float[] vector(String name, int size) {
        StoredTensor tensor = storedVector(name, size);
        float[] values = new float[size];
        tensor.readFloats(0, values, 0, size);
        return values;
    }

    private StoredTensor storedVector(String name, int size) {
        return require(
                name,
                name.equals(TensorNames.POSITION_EMBEDDING)
                        ? List.of((long) config.positions(), (long) config.hiddenSize())
                        : List.of((long) size));
    }

    @Override
    public void release(String name) {
        StoredTensor tensor = tensors.get(name);
        if (tensor != null) {
            tensor.release();
        }
    }

    /** The canonical names of the weights that this model has, in the order of the checkpoint. */
    List<String> names() {
        return tensors.keySet().stream()
                .filter(name -> !(config.tiedHead() && name.equals(TensorNames.HEAD)))
                .toList();
    }

    /** The shape of one of them. */
    List<Integer> shape(String name) {
        return get(name).shape().stream().map(Math::toIntExact).toList();
    }

    /** The numbers of one of them. */
    TensorReader reader(String name) {
        return adapter == null ? get(name) : adapter.merge(name, get(name));
    }

    private StoredTensor get(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    private StoredTensor require(String name, List<Long> shape) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new CheckpointException(where + ": tensor '" + name + "' is missing, with or without the prefix"
                    + " 'transformer.'; " + hint());
        }
        if (!tensor.shape().equals(shape)) {
            throw new CheckpointException(tensor.file() + ": tensor '" + tensor.name() + "' has shape " + tensor.shape()
                    + ", expected " + shape + "; " + hint());
        }
        used.add(name);
        return tensor;
    }

    private String hint() {
        return "config.json says n_embd=" + config.hiddenSize() + ", n_layer=" + config.layers() + ", n_positions="
                + config.positions() + ", vocab_size=" + config.vocabularySize()
                + ": is it from the same checkpoint?";
    }

    /**
     * Checks that all weights of the model are there in the right shapes, and nothing else.
     *
     * @throws CheckpointException if one is missing or misshapen, or the model has no place for one
     */
    void requireAll() {
        new WeightPlan(config, WeightFormat.F32).requireAllIn(this);
        requireNoneLeft();
        if (adapter != null) {
            adapter.requireFitting(linearShapes());
        }
    }

    private Map<String, List<Integer>> linearShapes() {
        return names().stream()
                .filter(TensorNames::isLinear)
                .collect(Collectors.toMap(Function.identity(), this::shape));
    }

    private void requireNoneLeft() {
        var extra = new TreeSet<>(tensors.keySet());
        extra.removeAll(used);
        if (!extra.isEmpty()) {
            String names = String.join(", ", extra.stream().limit(5).toList());
            throw new CheckpointException(where + ": " + extra.size() + " tensors have no place in this model, such as "
                    + names + "; " + hint());
        }
    }
}
