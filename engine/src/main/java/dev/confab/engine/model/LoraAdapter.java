package dev.confab.engine.model;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.CheckpointException;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.checkpoint.TensorReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An adapter as PEFT saves it, which is merged into its base while that is read: a weight {@code W [inputs, outputs]}
 * becomes {@code W + scale (B A)^T}, with {@code A [rank, inputs]} and {@code B [outputs, rank]}.
 *
 * <p>Immutable, usable from any thread.
 */
public final class LoraAdapter {
    /** The file of its tensors. */
    public static final String WEIGHTS = "adapter_model.safetensors";

    private static final List<String> FILES = List.of(WEIGHTS, "adapter_model.bin");
    private static final String PREFIX = "base_model.model.";
    private static final Pattern TENSOR = Pattern.compile(Pattern.quote(PREFIX) + "(.+)\\.lora_([AB])\\.weight");

    private final Path file;
    private final LoraConfig config;
    private final Map<String, Factors> factors = new LinkedHashMap<>();

    /** A matrix's change. */
    @SuppressWarnings("ArrayRecordComponent") // Read only.
    private record Factors(float[] a, float[] b, int inputs, int outputs) {}

    private LoraAdapter(Path file, LoraConfig config) {
        this.file = file;
        this.config = config;
    }

    /**
     * Reads an adapter.
     *
     * @param folder with {@code adapter_config.json} and {@code adapter_model.safetensors} or {@code .bin}
     * @throws dev.confab.engine.error.ConfabException if something is missing, broken or of another kind
     */
    public static LoraAdapter read(Path folder) {
        LoraConfig config = LoraConfig.read(folder);
        Path file = FILES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new CheckpointException(folder + ": an adapter without weights; expected one of "
                        + FILES + " beside " + LoraConfig.NAME));
        var adapter = new LoraAdapter(file, config);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            adapter.read(checkpoint);
        }
        return adapter;
    }

    /**
     * The name of A or B in the file.
     *
     * @param matrix the canonical name of the adapted matrix
     * @param factor {@code 'A'} or {@code 'B'}
     */
    public static String tensorName(String matrix, char factor) {
        String layer = matrix.substring(0, matrix.length() - TensorNames.WEIGHT.length());
        return PREFIX + TensorNames.published(layer) + ".lora_" + factor + TensorNames.WEIGHT;
    }

    private void read(Checkpoint checkpoint) {
        Map<String, StoredTensor> a = new LinkedHashMap<>();
        Map<String, StoredTensor> b = new LinkedHashMap<>();
        for (StoredTensor tensor : checkpoint.tensors()) {
            Matcher matcher = TENSOR.matcher(tensor.name());
            if (!matcher.matches()) {
                throw fault("tensor '" + tensor + "' is not one of LoRA's; expected names such as "
                        + tensorName(TensorNames.block(0, TensorNames.QKV) + TensorNames.WEIGHT, 'A'));
            }
            String matrix = TensorNames.canonical(matcher.group(1)).orElse("") + TensorNames.WEIGHT;
            (matcher.group(2).equals("A") ? a : b).put(matrix, tensor);
        }
        if (a.isEmpty() && b.isEmpty()) {
            throw fault("holds no tensors");
        }
        a.forEach((matrix, tensor) -> {
            StoredTensor other = b.remove(matrix);
            if (other == null) {
                throw lonely(matrix);
            }
            factors.put(matrix, factors(tensor, other));
        });
        if (!b.isEmpty()) {
            throw lonely(b.keySet().iterator().next());
        }
    }

    private CheckpointException lonely(String matrix) {
        return fault("'" + matrix + "' has only one of A and B; the file is not whole");
    }

    private Factors factors(StoredTensor a, StoredTensor b) {
        long rank = config.rank();
        requireShape(a, 0, "[" + rank + ", inputs]");
        requireShape(b, 1, "[outputs, " + rank + "]");
        return new Factors(
                floats(a),
                floats(b),
                Math.toIntExact(a.shape().get(1)),
                Math.toIntExact(b.shape().get(0)));
    }

    private void requireShape(StoredTensor tensor, int rankAt, String expected) {
        if (tensor.shape().size() != 2
                || tensor.shape().get(rankAt) != config.rank()
                || tensor.elementCount() > Integer.MAX_VALUE - 8) {
            throw fault("tensor '" + tensor.name() + "' has shape " + tensor.shape() + ", expected " + expected
                    + " as r is " + config.rank() + " in " + LoraConfig.NAME);
        }
    }

    private static float[] floats(StoredTensor tensor) {
        float[] values = new float[(int) tensor.elementCount()];
        tensor.readFloats(0, values, 0, values.length);
        return values;
    }

    private CheckpointException fault(String message) {
        return new CheckpointException(file + ": " + message.replaceAll("\\p{Cntrl}", "?"));
    }

    /** What the adapter is. */
    public LoraConfig config() {
        return config;
    }

    /** The file of its tensors. */
    Path file() {
        return file;
    }

    /**
     * Checks that there is a place in a model for all that is adapted.
     *
     * @param shapes of the linear layers' matrices by canonical name
     */
    void requireFitting(Map<String, List<Integer>> shapes) {
        factors.forEach((matrix, factor) -> {
            List<Integer> shape = shapes.get(matrix);
            if (shape == null) {
                throw fault("adapts '" + matrix + "', of which the base has no such linear layer: is " + config.base()
                        + " its base?");
            }
            if (!shape.equals(List.of(factor.inputs, factor.outputs))) {
                throw fault("adapts '" + matrix + "' of shape [" + factor.inputs + ", " + factor.outputs
                        + "], but the base's is " + shape + ": is " + config.base() + " its base?");
            }
        });
    }

    /** A matrix with the adapter merged in, or as it is where nothing changes. */
    TensorReader merge(String matrix, TensorReader base) {
        Factors change = factors.get(matrix);
        if (change == null) {
            return base;
        }
        return (start, destination, offset, count) -> {
            base.readFloats(start, destination, offset, count);
            for (int i = 0; i < count; i++) {
                int input = (int) ((start + i) / change.outputs);
                int output = (int) ((start + i) % change.outputs);
                destination[offset + i] += (float) (config.scale() * dot(change, input, output));
            }
        };
    }

    private double dot(Factors change, int input, int output) {
        double sum = 0;
        for (int r = 0; r < config.rank(); r++) {
            sum += (double) change.a[r * change.inputs + input] * change.b[output * config.rank() + r];
        }
        return sum;
    }
}
