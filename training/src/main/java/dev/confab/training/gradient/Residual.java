package dev.confab.training.gradient;

import dev.confab.engine.tensor.WorkerPool;
import dev.confab.engine.tensor.WorkerPool.Task;

/** The sum of the residual stream and a branch, with dropout on the branch. */
final class Residual {
    /** Elements of an item. */
    private static final int ELEMENTS = 8192;

    private final WorkerPool pool;
    private final Dropout dropout;
    private final Task add = this::add;
    private final Task scale = this::scale;

    private float[] stream = {};
    private float[] branch = {};
    private float[] sum = {};
    private int elements;
    private long key;

    Residual(WorkerPool pool, Dropout dropout) {
        this.pool = pool;
        this.dropout = dropout;
    }

    /** {@code sum = stream + dropout(branch)}; the branch is changed. */
    void forward(float[] stream, float[] branch, float[] sum, int elements, long key) {
        this.stream = stream;
        this.branch = branch;
        this.sum = sum;
        this.elements = elements;
        this.key = key;
        pool.run(Math.ceilDiv(elements, ELEMENTS), add);
    }

    private void add(int from, int to, int worker) {
        int first = from * ELEMENTS;
        int last = Math.min(elements, to * ELEMENTS);
        if (dropout.isOn()) {
            dropout.apply(key, branch, first, last);
        }
        for (int i = first; i < last; i++) {
            sum[i] = stream[i] + branch[i];
        }
    }

    /** The branch's gradient, given that of the sum: {@code dBranch = dropout(dSum)}. */
    void backward(float[] dSum, float[] dBranch, int elements, long key) {
        this.sum = dSum;
        this.branch = dBranch;
        this.elements = elements;
        this.key = key;
        pool.run(Math.ceilDiv(elements, ELEMENTS), scale);
    }

    private void scale(int from, int to, int worker) {
        int first = from * ELEMENTS;
        int last = Math.min(elements, to * ELEMENTS);
        System.arraycopy(sum, first, branch, first, last - first);
        if (dropout.isOn()) {
            dropout.apply(key, branch, first, last);
        }
    }
}
