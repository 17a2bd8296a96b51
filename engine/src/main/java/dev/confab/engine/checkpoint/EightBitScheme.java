package dev.confab.engine.checkpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a safetensors file holds matrices of 8-bit weights.
 *
 * <p>Its metadata say {@code quantization: confab-q8} and {@code quantization_version: 1}. A matrix {@code NAME} is an
 * {@code I8} tensor of the usual shape {@code [rows, columns]}; the tensor {@code NAME.scales}, {@code F32} or {@code F16},
 * has a scale for each group of {@value #GROUP} neighbours along a row, {@code [rows, groups]}, or down a column,
 * {@code [groups, columns]}; a weight is its integer times its group's scale. The last group may be shorter. Tensors of
 * other types are as ever. The scales' shape says which way groups run; weights of one group are inputs of one output.
 *
 * <p>Readers of a {@link Checkpoint} see the matrices alone, as weights. Stateless.
 */
public final class EightBitScheme {
    /** How many weights share a scale. */
    public static final int GROUP = 64;
    /** The metadata that names the scheme. */
    public static final String SCHEME_KEY = "quantization";
    /** The scheme's name. */
    public static final String SCHEME = "confab-q8";
    /** The metadata that names its version. */
    public static final String VERSION_KEY = "quantization_version";
    /** The version that is written, and the only one that is read. */
    public static final String VERSION = "1";
    /** What follows a matrix's name in that of its scales. */
    public static final String SCALES = ".scales";

    private EightBitScheme() {}

    /** How many groups there are of so many weights. */
    public static int groups(int weights) {
        return Math.ceilDiv(weights, GROUP);
    }

    static boolean isUsedBy(MappedFile file, Map<String, String> metadata) {
        if (!SCHEME.equals(metadata.get(SCHEME_KEY))) {
            return false;
        }
        String version = metadata.get(VERSION_KEY);
        if (!VERSION.equals(version)) {
            throw file.fault("its weights are of version " + version + " of " + SCHEME + ", expected " + VERSION
                    + "; a newer Confab may read them");
        }
        return true;
    }

    /** Puts matrices and their scales together. */
    static List<StoredTensor> join(MappedFile file, List<StoredTensor> tensors) {
        Map<String, StoredTensor> scales = new HashMap<>();
        for (StoredTensor tensor : tensors) {
            if (tensor.name().endsWith(SCALES)) {
                scales.put(tensor.name(), tensor);
            }
        }
        List<StoredTensor> joined = new ArrayList<>();
        for (StoredTensor tensor : tensors) {
            if (tensor.dataType() == DataType.I8) {
                StoredTensor ofMatrix = scales.remove(tensor.name() + SCALES);
                if (ofMatrix == null) {
                    throw file.fault("tensor '" + tensor + "' has no scales: '" + tensor.name() + SCALES
                            + "' is missing; the file is not whole");
                }
                joined.add(tensor.scaledBy(GroupScales.of(file, tensor, ofMatrix)));
            } else if (!tensor.name().endsWith(SCALES)) {
                joined.add(tensor);
            }
        }
        if (!scales.isEmpty()) {
            throw file.fault(
                    "the scales '" + scales.keySet().stream().sorted().toList().getFirst()
                            + "' belong to no I8 tensor; the file is not whole");
        }
        return joined;
    }
}
