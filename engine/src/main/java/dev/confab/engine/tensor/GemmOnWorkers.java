package dev.confab.engine.tensor;

import dev.confab.engine.tensor.Operations.Into;

/** Products that all workers share: an item is a panel of C's columns for some of its rows. */
final class GemmOnWorkers implements Gemm.Products {
    /** With fewer rows for a panel, filling its tile would show in the time. */
    private static final int LEAST_ROWS = 192;

    private static final int ITEMS_PER_WORKER = 8;
    /** Columns of A that are transposed at a time: a cache line of them, and some. */
    private static final int TRANSPOSED_COLUMNS = 64;

    private final WorkerPool pool;
    private final GemmOnOneThread[] workers;
    private final int width;
    private final GemmTerms terms = new GemmTerms();
    private final WorkerPool.Task productTask = this::product;
    private final WorkerPool.Task transpositionTask = this::transposeColumns;

    private int panels;
    private int rowsPerItem;

    private float[] transposed = {};
    private float[] original = {};
    private int originalRows;
    private int originalColumns;
    private int originalOffset;
    private int originalStride;

    GemmOnWorkers(PanelKernels kernels, WorkerPool pool, GemmOnOneThread[] workers) {
        this.pool = pool;
        this.workers = workers;
        width = kernels.panelWidth();
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
            transposeA(m, k, a, aOffset, aStride);
            terms.set(m, n, k, transposed, 0, k, b, bOffset, bStride, bIsTransposed, c, cOffset, cStride, into);
        } else {
            terms.set(m, n, k, a, aOffset, aStride, b, bOffset, bStride, bIsTransposed, c, cOffset, cStride, into);
        }
        run();
    }

    private void run() {
        panels = (terms.n + width - 1) / width;
        int wanted = Math.ceilDiv(ITEMS_PER_WORKER * pool.workers(), panels);
        int rowBlocks = Math.clamp(wanted, 1, Math.max(1, terms.m / LEAST_ROWS));
        rowsPerItem = Math.max(1, Math.ceilDiv(terms.m, rowBlocks));
        pool.run(panels * Math.ceilDiv(terms.m, rowsPerItem), productTask);
    }

    private void product(int from, int to, int worker) {
        for (int item = from; item < to; item++) {
            int panel = item % panels;
            int row = item / panels * rowsPerItem;
            workers[worker].run(terms, row, Math.min(terms.m, row + rowsPerItem), panel, panel + 1);
        }
    }

    private void transposeA(int m, int k, float[] a, int offset, int stride) {
        Gemm.requireInside("A^T", a, offset, stride, k, m);
        transposed = Transposition.atLeast(transposed, m, k);
        originalRows = k;
        originalColumns = m;
        original = a;
        originalOffset = offset;
        originalStride = stride;
        pool.run(Math.ceilDiv(m, TRANSPOSED_COLUMNS), transpositionTask);
    }

    private void transposeColumns(int from, int to, int worker) {
        int first = from * TRANSPOSED_COLUMNS;
        int columns = Math.min(originalColumns, to * TRANSPOSED_COLUMNS) - first;
        Transposition.copy(
                original,
                originalOffset + first,
                originalStride,
                originalRows,
                columns,
                transposed,
                first * originalRows,
                originalRows);
    }
}
