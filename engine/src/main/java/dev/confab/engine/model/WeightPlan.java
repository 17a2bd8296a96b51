package dev.confab.engine.model;

import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.MatrixSource;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Where each of a model's weights lies in one stretch of memory, which is filled from a checkpoint once and mapped from
 * the cached file ever after.
 */
final class WeightPlan {
    private static final long ALIGNMENT = 64;

    /** How a tensor is stored in a checkpoint. */
    private enum Kind {
        EMBEDDING,
        LINEAR,
        VECTOR
    }

    /** One tensor's place. For a vector {@code shape} is unused and {@code size} counts its floats. */
    private record Entry(Kind kind, String name, PackedShape shape, int size, long offset) {
        long bytes() {
            return kind == Kind.VECTOR ? 4L * size : scalesOffset() + shape.scaleBytes();
        }

        long scalesOffset() {
            return aligned(shape.weightBytes());
        }
    }

    private final Gpt2Config config;
    private final WeightFormat format;
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;

    WeightPlan(Gpt2Config config, WeightFormat format) {
        this.config = config;
        this.format = format;
        int hidden = config.hiddenSize();
        add(Kind.EMBEDDING, TensorNames.TOKEN_EMBEDDING, config.vocabularySize(), hidden);
        add(Kind.VECTOR, TensorNames.POSITION_EMBEDDING, Math.multiplyExact(config.positions(), hidden), 1);
        for (int layer = 0; layer < config.layers(); layer++) {
            addNorm(TensorNames.block(layer, TensorNames.NORM_1));
            addLinear(TensorNames.block(layer, TensorNames.QKV), 3 * hidden, hidden);
            addLinear(TensorNames.block(layer, TensorNames.PROJECTION), hidden, hidden);
            addNorm(TensorNames.block(layer, TensorNames.NORM_2));
            addLinear(TensorNames.block(layer, TensorNames.EXPAND), config.innerSize(), hidden);
            addLinear(TensorNames.block(layer, TensorNames.CONTRACT), hidden, config.innerSize());
        }
        addNorm(TensorNames.FINAL_NORM);
        if (!config.tiedHead()) {
            add(Kind.EMBEDDING, TensorNames.HEAD, config.vocabularySize(), hidden);
        }
    }

    private void addNorm(String name) {
        add(Kind.VECTOR, name + TensorNames.WEIGHT, config.hiddenSize(), 1);
        add(Kind.VECTOR, name + TensorNames.BIAS, config.hiddenSize(), 1);
    }

    private void addLinear(String name, int outputs, int inputs) {
        add(Kind.LINEAR, name + TensorNames.WEIGHT, outputs, inputs);
        add(Kind.VECTOR, name + TensorNames.BIAS, outputs, 1);
    }

    private void add(Kind kind, String name, int outputs, int inputs) {
        var entry = new Entry(kind, name, new PackedShape(outputs, inputs, format), outputs, bytes);
        entries.add(entry);
        bytes += aligned(entry.bytes());
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** How much memory the weights take. */
    long bytes() {
        return bytes;
    }

    /**
     * Checks that a source has all weights in the right shapes, before memory is taken for them.
     *
     * @throws dev.confab.engine.error.ConfabException if one is missing or misshapen
     */
    void requireAllIn(WeightSource source) {
        for (Entry entry : entries) {
            switch (entry.kind) {
                case EMBEDDING -> source.embedding(entry.name, entry.shape.outputs(), entry.shape.inputs());
                case LINEAR -> source.linear(entry.name, entry.shape.outputs(), entry.shape.inputs());
                case VECTOR -> source.requireVector(entry.name, entry.size);
            }
        }
    }

    /**
     * Converts all weights into their places.
     *
     * @param progress told the bytes of each tensor that is done
     */
    void fill(MemorySegment memory, WeightSource source, Kernels kernels, WorkerPool pool, LongConsumer progress) {
        for (Entry entry : entries) {
            if (entry.kind == Kind.VECTOR) {
                float[] values = source.vector(entry.name, entry.size);
                MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_FLOAT, entry.offset, values.length);
            } else {
                MatrixSource matrix = entry.kind == Kind.EMBEDDING
                        ? source.embedding(entry.name, entry.shape.outputs(), entry.shape.inputs())
                        : source.linear(entry.name, entry.shape.outputs(), entry.shape.inputs());
                kernels.pack(matrix, format, weights(memory, entry), scales(memory, entry), pool);
            }
            source.release(entry.name);
            progress.accept(entry.bytes());
        }
    }

    /** The weights in memory that has been filled. */
    Gpt2Weights view(MemorySegment memory) {
        var next = new View(memory);
        PackedMatrix tokenEmbedding = next.matrix();
        float[] positionEmbedding = next.vector();
        var layers = new ArrayList<LayerWeights>();
        for (int layer = 0; layer < config.layers(); layer++) {
            layers.add(new LayerWeights(
                    next.vector(),
                    next.vector(),
                    next.matrix(),
                    next.paddedVector(),
                    next.matrix(),
                    next.paddedVector(),
                    next.vector(),
                    next.vector(),
                    next.matrix(),
                    next.paddedVector(),
                    next.matrix(),
                    next.paddedVector()));
        }
        float[] normGain = next.vector();
        float[] normBias = next.vector();
        PackedMatrix head = config.tiedHead() ? tokenEmbedding : next.matrix();
        return new Gpt2Weights(tokenEmbedding, positionEmbedding, List.copyOf(layers), normGain, normBias, head);
    }

    private static MemorySegment weights(MemorySegment memory, Entry entry) {
        return memory.asSlice(entry.offset, entry.shape.weightBytes());
    }

    private static MemorySegment scales(MemorySegment memory, Entry entry) {
        return memory.asSlice(entry.offset + entry.scalesOffset(), entry.shape.scaleBytes());
    }

    /** Walks the entries in their order. */
    private final class View {
        private final MemorySegment memory;
        private int index;

        View(MemorySegment memory) {
            this.memory = memory;
        }

        PackedMatrix matrix() {
            Entry entry = entries.get(index++);
            return new PackedMatrix(entry.shape, weights(memory, entry), scales(memory, entry));
        }

        float[] vector() {
            Entry entry = entries.get(index++);
            float[] values = new float[entry.size];
            MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, entry.offset, values, 0, values.length);
            return values;
        }

        float[] paddedVector() {
            float[] values = vector();
            return Arrays.copyOf(values, Matrix.padded(values.length));
        }
    }
}
