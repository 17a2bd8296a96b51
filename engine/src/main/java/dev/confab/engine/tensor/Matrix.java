package dev.confab.engine.tensor;

/**
 * Activations: rows of 32-bit floats, {@code [rows, columns]}, each row padded with zeros to a multiple of
 * {@link #ALIGNMENT} so that kernels need no tails. Whoever writes a row keeps its padding at zero. Mutable, for one
 * thread at a time.
 */
public final class Matrix {
    /** Every row's length is a multiple of this. */
    public static final int ALIGNMENT = 64;

    private final float[] data;
    private final int columns;
    private final int stride;

    private Matrix(float[] data, int columns, int stride) {
        this.data = data;
        this.columns = columns;
        this.stride = stride;
    }

    /** A matrix of zeros. */
    public static Matrix zeros(int rows, int columns) {
        int stride = padded(columns);
        return new Matrix(new float[Math.multiplyExact(rows, stride)], columns, stride);
    }

    /** The next multiple of {@link #ALIGNMENT}. */
    public static int padded(int columns) {
        return Math.addExact(columns, ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The values themselves, {@code [rows, stride]}, row after row. */
    public float[] data() {
        return data;
    }

    /** How many values of a row count. */
    public int columns() {
        return columns;
    }

    /** The distance from one row to the next. */
    public int stride() {
        return stride;
    }

    /** How many rows there are. */
    public int rows() {
        return data.length / stride;
    }

    /** Where a row begins in {@link #data}. */
    public int offset(int row) {
        return row * stride;
    }

    /** Copies the values of a row, without padding. */
    public void copyRow(int row, float[] destination) {
        System.arraycopy(data, offset(row), destination, 0, columns);
    }
}
