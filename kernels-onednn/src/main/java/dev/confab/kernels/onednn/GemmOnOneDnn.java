package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.MemorySegment;

/**
 * Products that all workers share, by oneDNN's sgemm: an item is a block of C. Where blocks begin depends on sizes alone,
 * so results do not depend on the number of workers. One thread at a time, which must not be one of the pool's tasks.
 */
final class GemmOnOneDnn implements Gemm.Products, WorkerPool.Task {
    /** oneDNN copies what it reads of A and B for each block; larger ones repay that better, more of them spread better. */
    private static final int BLOCKS = 8;

    private static final int MOST_COLUMNS = 1024;
    private static final int LEAST_ROWS = 48;

    private final Dnnl dnnl;
    private final WorkerPool pool;

    private boolean aIsTransposed;
    private boolean bIsTransposed;
    private int m;
    private int n;
    private int k;
    private MemorySegment a = MemorySegment.NULL;
    private MemorySegment b = MemorySegment.NULL;
    private MemorySegment c = MemorySegment.NULL;
    private int aOffset;
    private int aStride;
    private int bOffset;
    private int bStride;
    private int cOffset;
    private int cStride;
    private Into into = Into.REPLACE;

    private int blockRows;
    private int blockColumns;
    private int blocksAcross;

    GemmOnOneDnn(Dnnl dnnl, WorkerPool pool) {
        this.dnnl = dnnl;
        this.pool = pool;
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
        Gemm.requireInside("A", a, aOffset, aStride, aIsTransposed ? k : m, aIsTransposed ? m : k);
        Gemm.requireInside("B", b, bOffset, bStride, bIsTransposed ? n : k, bIsTransposed ? k : n);
        Gemm.requireInside("C", c, cOffset, cStride, m, n);
        this.aIsTransposed = aIsTransposed;
        this.bIsTransposed = bIsTransposed;
        this.m = m;
        this.n = n;
        this.k = k;
        this.a = MemorySegment.ofArray(a);
        this.aOffset = aOffset;
        this.aStride = aStride;
        this.b = MemorySegment.ofArray(b);
        this.bOffset = bOffset;
        this.bStride = bStride;
        this.c = MemorySegment.ofArray(c);
        this.cOffset = cOffset;
        this.cStride = cStride;
        this.into = into;
        blocksAcross = Math.max(1, Math.ceilDiv(n, MOST_COLUMNS));
        blockColumns = Math.ceilDiv(n, blocksAcross);
        blockRows = Math.max(LEAST_ROWS, Math.ceilDiv(m, Math.ceilDiv(BLOCKS, blocksAcross)));
        pool.run(blocksAcross * Math.ceilDiv(m, blockRows), this);
    }

    @Override
    public void run(int from, int to, int worker) {
        dnnl.useOneThread();
        for (int block = from; block < to; block++) {
            int row = block / blocksAcross * blockRows;
            int column = block % blocksAcross * blockColumns;
            dnnl.sgemm(
                    aIsTransposed,
                    bIsTransposed,
                    Math.min(blockRows, m - row),
                    Math.min(blockColumns, n - column),
                    k,
                    from(a, aOffset + row * (aIsTransposed ? 1 : aStride)),
                    aStride,
                    from(b, bOffset + column * (bIsTransposed ? bStride : 1)),
                    bStride,
                    into == Into.ADD ? 1 : 0,
                    from(c, cOffset + row * cStride + column),
                    cStride);
        }
    }

    private static MemorySegment from(MemorySegment array, int index) {
        return array.asSlice((long) index * Float.BYTES);
    }
}
