package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.TensorNames;
import dev.confab.engine.tensor.WorkerPool;
import dev.confab.engine.tensor.WorkerPool.Task;

/** The sum of a token's and its position's embedding, with dropout. */
final class Embedding {
    /** Columns that one item adds up. */
    private static final int COLUMNS = 64;

    private final WorkerPool pool;
    private final float[] values;
    private final float[] gradients;
    private final int tokens;
    private final int positions;
    private final int hidden;
    private final Dropout dropout;
    private final Task forward = this::forwardRows;
    private final Task scale = this::scaleRows;
    private final Task backward = this::backwardColumns;

    private int[] ids = {};
    private float[] data = {};
    private int count;
    private int length;
    private long key;

    Embedding(WorkerPool pool, Tensors tensors, Gpt2Config config, Dropout dropout) {
        this.pool = pool;
        this.dropout = dropout;
        values = tensors.values();
        gradients = tensors.gradients();
        tokens = tensors.layout().get(TensorNames.TOKEN_EMBEDDING).offset();
        positions = tensors.layout().get(TensorNames.POSITION_EMBEDDING).offset();
        hidden = config.hiddenSize();
    }

    /** Looks up {@code out [rows * length, hidden]} for {@code ids [rows * length]}. */
    void forward(int[] ids, float[] out, int rows, int length, long key) {
        set(ids, out, rows, length, key);
        pool.run(count, forward);
    }

    private void forwardRows(int from, int to, int worker) {
        for (int row = from; row < to; row++) {
            int token = tokens + ids[row] * hidden;
            int position = positions + row % length * hidden;
            int at = row * hidden;
            for (int i = 0; i < hidden; i++) {
                data[at + i] = values[token + i] + values[position + i];
            }
        }
        scaleRows(from, to, worker);
    }

    private void scaleRows(int from, int to, int worker) {
        if (dropout.isOn()) {
            dropout.apply(key, data, from * hidden, to * hidden);
        }
    }

    /** Adds {@code gradient [rows * length, hidden]}, which it may change, to those of the embeddings. */
    void backward(int[] ids, float[] gradient, int rows, int length, long key) {
        set(ids, gradient, rows, length, key);
        if (dropout.isOn()) {
            pool.run(count, scale);
        }
        pool.run(Math.ceilDiv(hidden, COLUMNS), backward);
    }

    /** A token may stand in several rows, so the work is split by columns. */
    private void backwardColumns(int from, int to, int worker) {
        int first = from * COLUMNS;
        int last = Math.min(hidden, to * COLUMNS);
        for (int row = 0; row < count; row++) {
            int token = tokens + ids[row] * hidden;
            int position = positions + row % length * hidden;
            int at = row * hidden;
            for (int i = first; i < last; i++) {
                gradients[token + i] += data[at + i];
            }
            for (int i = first; i < last; i++) {
                gradients[position + i] += data[at + i];
            }
        }
    }

    private void set(int[] ids, float[] data, int rows, int length, long key) {
        this.ids = ids;
        this.data = data;
        this.length = length;
        this.key = key;
        count = rows * length;
    }
}
