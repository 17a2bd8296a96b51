package dev.confab.training.gradient;

import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.WorkerPool.Task;

/** {@code y = x W + b}, with {@code W [inputs, outputs]} as GPT-2 stores it. */
final class Linear {
    /** Columns whose sums one item takes. */
    private static final int COLUMNS = 64;

    private final Workers workers;
    private final float[] values;
    private final float[] gradients;
    private final int weight;
    private final int bias;
    private final int inputs;
    private final int outputs;
    private final Task startWithBias = this::startWithBias;
    private final Task sumColumns = this::sumColumns;

    private float[] y = {};
    private float[] dy = {};
    private int rows;

    Linear(Workers workers, Tensors tensors, String name) {
        this.workers = workers;
        values = tensors.values();
        gradients = tensors.gradients();
        Parameter matrix = tensors.layout().get(name + ".weight");
        weight = matrix.offset();
        bias = tensors.layout().get(name + ".bias").offset();
        inputs = matrix.shape().get(0);
        outputs = matrix.shape().get(1);
    }

    /**
     * The layer's output.
     *
     * @param x {@code [rows, inputs]}
     * @param y receives {@code [rows, outputs]}
     */
    void forward(float[] x, float[] y, int rows) {
        this.y = y;
        workers.pool().run(rows, startWithBias);
        workers.gemm()
                .shared()
                .multiply(rows, outputs, inputs, x, 0, inputs, values, weight, outputs, y, 0, outputs, Into.ADD);
    }

    private void startWithBias(int from, int to, int worker) {
        for (int row = from; row < to; row++) {
            System.arraycopy(values, bias, y, row * outputs, outputs);
        }
    }

    /**
     * Adds to the gradients of weights and bias, and computes that of the input.
     *
     * @param x the input of the forward pass
     * @param dy the gradient of its output
     * @param dx receives {@code [rows, inputs]}
     */
    void backward(float[] x, float[] dy, float[] dx, int rows) {
        var gemm = workers.gemm().shared();
        gemm.multiplyByTransposed(
                rows, inputs, outputs, dy, 0, outputs, values, weight, outputs, dx, 0, inputs, Into.REPLACE);
        gemm.multiplyTransposed(
                inputs, outputs, rows, x, 0, inputs, dy, 0, outputs, gradients, weight, outputs, Into.ADD);
        this.dy = dy;
        this.rows = rows;
        workers.pool().run(Math.ceilDiv(outputs, COLUMNS), sumColumns);
    }

    private void sumColumns(int from, int to, int worker) {
        int first = from * COLUMNS;
        int last = Math.min(outputs, to * COLUMNS);
        for (int row = 0; row < rows; row++) {
            int at = row * outputs;
            for (int column = first; column < last; column++) {
                gradients[bias + column] += dy[at + column];
            }
        }
    }
}
