package dev.confab.engine.tensor;

import dev.confab.engine.tensor.Operations.Into;
import java.util.Arrays;

/**
 * Products on one thread. Some columns of B, a panel, are copied into a tile that stays in cache while all rows of A
 * pass it.
 */
final class GemmOnOneThread implements Gemm.Products {
    /** Rows of C that are completed at a time where a panel is wider than what is left of C. */
    private static final int EDGE_ROWS = 48;

    private final PanelKernels kernels;
    private final int width;
    private final GemmTerms terms = new GemmTerms();
    /** {@code [inputs, width]}. */
    private final float[] tile;
    /** {@code [EDGE_ROWS, width]}. */
    private final float[] edge;

    private float[] transposed = {};

    GemmOnOneThread(PanelKernels kernels) {
        this.kernels = kernels;
        width = kernels.panelWidth();
        tile = new float[MultiplyTask.TILE_INPUTS * width];
        edge = new float[EDGE_ROWS * width];
    }

    @Override
    public void compute(
            boolean aIsTransposed,
            boolean bIsTransposed,
            int m,
            int n,
            int k,
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            float[] c,
            int cOffset,
            int cStride,
            Into into) {
        if (aIsTransposed) {
            transposed = Transposition.atLeast(transposed, m, k);
            Transposition.copy(a, aOffset, aStride, k, m, transposed, 0, k);
            terms.set(m, n, k, transposed, 0, k, b, bOffset, bStride, bIsTransposed, c, cOffset, cStride, into);
        } else {
            terms.set(m, n, k, a, aOffset, aStride, b, bOffset, bStride, bIsTransposed, c, cOffset, cStride, into);
        }
        run(terms, 0, m, 0, panels(n));
    }

    /** How many panels these columns make, the last perhaps in part. */
    int panels(int columns) {
        return (columns + width - 1) / width;
    }

    /** Computes the rows {@code [rowFrom, rowTo)} of the panels {@code [panelFrom, panelTo)}. */
    void run(GemmTerms t, int rowFrom, int rowTo, int panelFrom, int panelTo) {
        for (int panel = panelFrom; panel < panelTo; panel++) {
            int column = panel * width;
            int columns = Math.min(width, t.n - column);
            if (t.into == Into.REPLACE) {
                for (int r = rowFrom; r < rowTo; r++) {
                    int at = t.cOffset + r * t.cStride + column;
                    Arrays.fill(t.c, at, at + columns, 0f);
                }
            }
            for (int input = 0; input < t.k; input += MultiplyTask.TILE_INPUTS) {
                int inputs = Math.min(MultiplyTask.TILE_INPUTS, t.k - input);
                fillTile(t, input, inputs, column, columns);
                if (columns == width) {
                    kernels.multiply(
                            t.a,
                            t.aOffset + rowFrom * t.aStride + input,
                            t.aStride,
                            rowTo - rowFrom,
                            tile,
                            inputs,
                            t.c,
                            t.cOffset + rowFrom * t.cStride + column,
                            t.cStride);
                } else {
                    multiplyAtEdge(t, rowFrom, rowTo, input, inputs, column, columns);
                }
            }
        }
    }

    private void multiplyAtEdge(GemmTerms t, int rowFrom, int rowTo, int input, int inputs, int column, int columns) {
        for (int row = rowFrom; row < rowTo; row += EDGE_ROWS) {
            int rows = Math.min(EDGE_ROWS, rowTo - row);
            Arrays.fill(edge, 0, rows * width, 0f);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(t.c, t.cOffset + (row + r) * t.cStride + column, edge, r * width, columns);
            }
            kernels.multiply(t.a, t.aOffset + row * t.aStride + input, t.aStride, rows, tile, inputs, edge, 0, width);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(edge, r * width, t.c, t.cOffset + (row + r) * t.cStride + column, columns);
            }
        }
    }

    private void fillTile(GemmTerms t, int input, int inputs, int column, int columns) {
        if (columns < width) {
            Arrays.fill(tile, 0, inputs * width, 0f);
        }
        if (t.bIsTransposed) {
            Transposition.copy(t.b, t.bOffset + column * t.bStride + input, t.bStride, columns, inputs, tile, 0, width);
        } else {
            for (int i = 0; i < inputs; i++) {
                System.arraycopy(t.b, t.bOffset + (input + i) * t.bStride + column, tile, i * width, columns);
            }
        }
    }
}
