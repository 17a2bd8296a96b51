package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.KeyValueLayout.POSITIONS;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Causal attention of one layer; an item is one head of one sequence. It stores the new keys and values, then takes up
 * to four queries at a time, so that a prompt reads each key once for four tokens.
 */
final class AttentionTask implements WorkerPool.Task {
    private static final int QUERIES = 4;

    private final PanelKernels kernels;
    private final int scoreStride;
    /** For each worker {@code [4, positions]}. */
    private final float[][] scores;
    /** For each worker {@code [4, paddedHeadSize]}. */
    private final float[][] sums;

    private @Nullable Matrix qkv;
    private @Nullable AttentionBatch batch;
    private @Nullable KeyValueLayout layout;
    private @Nullable Matrix out;
    private int layer;
    private float scale;

    AttentionTask(PanelKernels kernels, int workers, int positions) {
        this.kernels = kernels;
        scoreStride = (positions + POSITIONS - 1) / POSITIONS * POSITIONS;
        scores = new float[workers][QUERIES * scoreStride];
        sums = new float[workers][];
    }

    void set(Matrix qkv, AttentionBatch batch, KeyValueLayout layout, int layer, float scale, Matrix out) {
        this.qkv = qkv;
        this.batch = batch;
        this.layout = layout;
        this.layer = layer;
        this.scale = scale;
        this.out = out;
        int needed = QUERIES * layout.paddedHeadSize();
        if (sums[0] == null || sums[0].length < needed) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = new float[needed];
            }
        }
    }

    @Override
    public void run(int from, int to, int worker) {
        if (qkv == null || batch == null || layout == null || out == null) {
            throw new IllegalStateException("no attention was set");
        }
        for (int item = from; item < to; item++) {
            attend(qkv, batch, layout, out, item / layout.heads(), item % layout.heads(), worker);
        }
    }

    private void attend(
            Matrix qkv, AttentionBatch batch, KeyValueLayout layout, Matrix out, int segment, int head, int worker) {
        int headSize = layout.headSize();
        int query = head * headSize;
        int key = layout.heads() * headSize + query;
        int value = layout.heads() * headSize + key;
        int rows = batch.rows(segment);
        int start = batch.start(segment);
        for (int r = 0; r < rows; r++) {
            int position = start + r;
            int row = qkv.offset(batch.firstRow(segment) + r);
            for (int d = 0; d < headSize; d++) {
                qkv.data()[row + query + d] *= scale;
            }
            var block = batch.block(segment, position / POSITIONS);
            layout.store(block, layer, head, position % POSITIONS, qkv.data(), row + key, row + value);
        }
        for (int r = 0; r < rows; r += QUERIES) {
            int first = batch.firstRow(segment) + r;
            int count = Math.min(QUERIES, rows - r);
            attendRows(qkv, batch, layout, out, segment, head, first, start + r, count, worker);
        }
    }

    /** Attends {@code count} rows at positions from {@code position} on to everything up to their own positions. */
    private void attendRows(
            Matrix qkv,
            AttentionBatch batch,
            KeyValueLayout layout,
            Matrix out,
            int segment,
            int head,
            int first,
            int position,
            int count,
            int worker) {
        float[] probabilities = scores[worker];
        int visible = position + count;
        int blocks = (visible + POSITIONS - 1) / POSITIONS;
        long keys = layout.keys(layer, head);
        for (int b = 0; b < blocks; b++) {
            kernels.scores(
                    layout,
                    batch.block(segment, b),
                    keys,
                    qkv.data(),
                    qkv.offset(first) + head * layout.headSize(),
                    qkv.stride(),
                    count,
                    probabilities,
                    b * POSITIONS,
                    scoreStride);
        }
        float[] sum = sums[worker];
        int padded = layout.paddedHeadSize();
        Arrays.fill(sum, 0, count * padded, 0f);
        for (int r = 0; r < count; r++) {
            float total = kernels.softmax(probabilities, r * scoreStride, position + r + 1, blocks * POSITIONS);
            scaleRow(probabilities, r * scoreStride, position + r + 1, 1 / total);
        }
        long values = layout.values(layer, head);
        for (int b = 0; b < blocks; b++) {
            kernels.values(
                    layout,
                    batch.block(segment, b),
                    values,
                    Math.min(POSITIONS, visible - b * POSITIONS),
                    probabilities,
                    b * POSITIONS,
                    scoreStride,
                    count,
                    sum,
                    0,
                    padded);
        }
        for (int r = 0; r < count; r++) {
            System.arraycopy(
                    sum, r * padded, out.data(), out.offset(first + r) + head * layout.headSize(), layout.headSize());
        }
    }

    private static void scaleRow(float[] row, int offset, int n, float factor) {
        for (int i = offset; i < offset + n; i++) {
            row[i] *= factor;
        }
    }
}
