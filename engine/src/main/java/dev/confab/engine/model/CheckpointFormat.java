package dev.confab.engine.model;

import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.error.ConfabException;
import java.util.Arrays;
import java.util.Locale;

/** The number format of weights in a checkpoint that is written. */
public enum CheckpointFormat {
    /** 32-bit floats, four bytes a weight. */
    F32(DataType.F32, DataType.F32),
    /** IEEE half precision, two bytes a weight. */
    F16(DataType.F16, DataType.F16),
    /** The upper half of a 32-bit float, two bytes a weight. */
    BF16(DataType.BF16, DataType.BF16),
    /**
     * Matrices of 8-bit integers with scales, a little more than a byte a weight, and 32-bit floats for the rest: see
     * {@link dev.confab.engine.checkpoint.EightBitScheme}. Read by Confab only.
     */
    Q8(DataType.I8, DataType.F32);

    private final DataType matrixType;
    private final DataType vectorType;

    CheckpointFormat(DataType matrixType, DataType vectorType) {
        this.matrixType = matrixType;
        this.vectorType = vectorType;
    }

    /** The type of matrices that the engine multiplies with. */
    DataType matrixType() {
        return matrixType;
    }

    /** The type of all other tensors. */
    DataType vectorType() {
        return vectorType;
    }

    /** Bytes that a weight of a matrix takes, scales not counted. */
    public int byteSize() {
        return matrixType.byteSize();
    }

    /** The name that users write: {@code f32}, {@code f16}, {@code bf16}, {@code q8}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format with this label.
     *
     * @throws ConfabException if there is none
     */
    public static CheckpointFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new ConfabException(
                        "weights: a checkpoint cannot be written as '" + label + "'; choose f32, f16, bf16 or q8"));
    }
}
