package dev.confab.engine.tensor;

/** Copies of matrices with rows and columns exchanged. */
final class Transposition {
    /** Rows and columns of a square that fits the first-level cache twice. */
    private static final int SQUARE = 16;

    private Transposition() {}

    /** {@code to[column][row] = from[row][column]}. */
    static void copy(
            float[] from,
            int fromOffset,
            int fromStride,
            int rows,
            int columns,
            float[] to,
            int toOffset,
            int toStride) {
        for (int row = 0; row < rows; row += SQUARE) {
            int rowEnd = Math.min(rows, row + SQUARE);
            for (int column = 0; column < columns; column += SQUARE) {
                int columnEnd = Math.min(columns, column + SQUARE);
                for (int c = column; c < columnEnd; c++) {
                    int at = toOffset + c * toStride;
                    for (int r = row; r < rowEnd; r++) {
                        to[at + r] = from[fromOffset + r * fromStride + c];
                    }
                }
            }
        }
    }

    /** The array itself, or a longer one in its place where it holds less than {@code rows * columns}. */
    static float[] atLeast(float[] scratch, int rows, int columns) {
        int size = Math.multiplyExact(rows, columns);
        return scratch.length >= size ? scratch : new float[size];
    }
}
