package dev.confab.training.gradient;

import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.WorkerPool.Task;
import java.util.Arrays;

/**
 * Causal self-attention. An item is one head of one row, done in blocks of queries, which need only the keys up to their
 * own end. The backward pass computes the probabilities again, as keeping them would take more memory than all the rest.
 */
final class Attention {
    private static final int QUERIES = 64;

    private final Workers workers;
    private final int hidden;
    private final int heads;
    private final int headSize;
    private final int paddedLength;
    private final Dropout dropout;
    private final Scratch[] scratch;
    private final Task forward = this::forwardItems;
    private final Task backward = this::backwardItems;

    private float[] qkv = {};
    private float[] out = {};
    private float[] dOut = {};
    private float[] dQkv = {};
    private int length;
    private float scale;
    private long key;

    /**
     * Plans the memory.
     *
     * @param longest the most positions of a row
     */
    Attention(Workers workers, int hidden, int heads, int longest, Dropout dropout) {
        this.workers = workers;
        this.hidden = hidden;
        this.heads = heads;
        this.dropout = dropout;
        headSize = hidden / heads;
        paddedLength = Math.ceilDiv(longest, QUERIES) * QUERIES;
        scratch = new Scratch[workers.pool().workers()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch(new float[QUERIES * paddedLength], new float[QUERIES * paddedLength]);
        }
    }

    /** A worker's memory: probabilities of a block, {@code [QUERIES, paddedLength]}, and their gradients. */
    @SuppressWarnings("ArrayRecordComponent") // Scratch memory.
    private record Scratch(float[] probabilities, float[] gradients) {}

    /**
     * Attends.
     *
     * @param qkv {@code [rows * length, 3 * hidden]}: queries, keys, values
     * @param out receives {@code [rows * length, hidden]}
     * @param scale what scores are multiplied with
     * @param key of the dropout
     */
    void forward(float[] qkv, float[] out, int rows, int length, float scale, long key) {
        this.qkv = qkv;
        this.out = out;
        this.length = length;
        this.scale = scale;
        this.key = key;
        workers.pool().run(rows * heads, forward);
    }

    private void forwardItems(int from, int to, int worker) {
        Gemm.Products gemm = workers.gemm().worker(worker);
        float[] p = scratch[worker].probabilities;
        for (int item = from; item < to; item++) {
            int row = item / heads * length;
            int column = item % heads * headSize;
            for (int first = 0; first < length; first += QUERIES) {
                int queries = Math.min(QUERIES, length - first);
                int keys = first + queries;
                probabilities(gemm, p, row, column, first, queries);
                dropOut(p, item, first, queries);
                gemm.multiply(
                        queries,
                        headSize,
                        keys,
                        p,
                        0,
                        paddedLength,
                        qkv,
                        value(row, column),
                        3 * hidden,
                        out,
                        (row + first) * hidden + column,
                        hidden,
                        Into.REPLACE);
            }
        }
    }

    private int query(int row, int column) {
        return row * 3 * hidden + column;
    }

    private int key(int row, int column) {
        return query(row, column) + hidden;
    }

    private int value(int row, int column) {
        return query(row, column) + 2 * hidden;
    }

    /** The softmax of a block's scores, {@code [queries, keys up to the block's end]}. */
    private void probabilities(Gemm.Products gemm, float[] p, int row, int column, int first, int queries) {
        int keys = first + queries;
        gemm.multiplyByTransposed(
                queries,
                keys,
                headSize,
                qkv,
                query(row + first, column),
                3 * hidden,
                qkv,
                key(row, column),
                3 * hidden,
                p,
                0,
                paddedLength,
                Into.REPLACE);
        int padded = Math.ceilDiv(keys, QUERIES) * QUERIES;
        for (int q = 0; q < queries; q++) {
            int at = q * paddedLength;
            int visible = first + q + 1;
            for (int i = 0; i < visible; i++) {
                p[at + i] *= scale;
            }
            float inverse = 1 / workers.rows().softmax(p, at, visible, padded);
            for (int i = 0; i < visible; i++) {
                p[at + i] *= inverse;
            }
        }
    }

    private void dropOut(float[] p, int item, int first, int queries) {
        if (dropout.isOn()) {
            for (int q = 0; q < queries; q++) {
                for (int i = 0; i <= first + q; i++) {
                    p[q * paddedLength + i] *= dropout.factor(key, element(item, first + q, i));
                }
            }
        }
    }

    private long element(int item, int query, int keyPosition) {
        return ((long) item * length + query) * length + keyPosition;
    }

    /**
     * Computes the gradient of queries, keys and values.
     *
     * @param qkv the input of the forward pass
     * @param dOut the gradient of its output
     * @param dQkv receives {@code [rows * length, 3 * hidden]}
     */
    void backward(float[] qkv, float[] dOut, float[] dQkv, int rows, int length, float scale, long key) {
        this.qkv = qkv;
        this.dOut = dOut;
        this.dQkv = dQkv;
        this.length = length;
        this.scale = scale;
        this.key = key;
        workers.pool().run(rows * heads, backward);
    }

    private void backwardItems(int from, int to, int worker) {
        Gemm.Products gemm = workers.gemm().worker(worker);
        float[] p = scratch[worker].probabilities;
        float[] dp = scratch[worker].gradients;
        for (int item = from; item < to; item++) {
            int row = item / heads * length;
            int column = item % heads * headSize;
            clearKeyAndValueGradients(row, column);
            for (int first = 0; first < length; first += QUERIES) {
                int queries = Math.min(QUERIES, length - first);
                probabilities(gemm, p, row, column, first, queries);
                probabilityGradients(gemm, dp, row, column, first, queries);
                scoreGradients(p, dp, item, first, queries);
                valueGradients(gemm, p, row, column, first, queries);
                queryAndKeyGradients(gemm, dp, row, column, first, queries);
            }
        }
    }

    private void clearKeyAndValueGradients(int row, int column) {
        for (int t = 0; t < length; t++) {
            int keyAt = key(row + t, column);
            Arrays.fill(dQkv, keyAt, keyAt + headSize, 0f);
            int valueAt = value(row + t, column);
            Arrays.fill(dQkv, valueAt, valueAt + headSize, 0f);
        }
    }

    /** By the probabilities after dropout: {@code dP = dO V^T}. */
    private void probabilityGradients(Gemm.Products gemm, float[] dp, int row, int column, int first, int queries) {
        gemm.multiplyByTransposed(
                queries,
                first + queries,
                headSize,
                dOut,
                (row + first) * hidden + column,
                hidden,
                qkv,
                value(row, column),
                3 * hidden,
                dp,
                0,
                paddedLength,
                Into.REPLACE);
    }

    /**
     * Turns {@code dp} into the gradient by the scores, {@code P (dP - sum(dP P)) scale}, and {@code p} into the
     * probabilities after dropout.
     */
    private void scoreGradients(float[] p, float[] dp, int item, int first, int queries) {
        int keys = first + queries;
        for (int q = 0; q < queries; q++) {
            int at = q * paddedLength;
            int visible = first + q + 1;
            if (dropout.isOn()) {
                for (int i = 0; i < visible; i++) {
                    dp[at + i] *= dropout.factor(key, element(item, first + q, i));
                }
            }
            float mean = workers.rows().dot(p, at, dp, at, visible);
            for (int i = 0; i < visible; i++) {
                dp[at + i] = p[at + i] * (dp[at + i] - mean) * scale;
            }
            Arrays.fill(dp, at + visible, at + keys, 0f);
        }
        dropOut(p, item, first, queries);
    }

    private void valueGradients(Gemm.Products gemm, float[] p, int row, int column, int first, int queries) {
        gemm.multiplyTransposed(
                first + queries,
                headSize,
                queries,
                p,
                0,
                paddedLength,
                dOut,
                (row + first) * hidden + column,
                hidden,
                dQkv,
                value(row, column),
                3 * hidden,
                Into.ADD);
    }

    private void queryAndKeyGradients(Gemm.Products gemm, float[] dp, int row, int column, int first, int queries) {
        int keys = first + queries;
        gemm.multiply(
                queries,
                headSize,
                keys,
                dp,
                0,
                paddedLength,
                qkv,
                key(row, column),
                3 * hidden,
                dQkv,
                query(row + first, column),
                3 * hidden,
                Into.REPLACE);
        gemm.multiplyTransposed(
                keys,
                headSize,
                queries,
                dp,
                0,
                paddedLength,
                qkv,
                query(row + first, column),
                3 * hidden,
                dQkv,
                key(row, column),
                3 * hidden,
                Into.ADD);
    }
}
