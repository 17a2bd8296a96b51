package dev.confab.training.gradient;

import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WorkerPool.Task;

/** Each row brought to mean 0 and variance 1, scaled by a gain, shifted by a bias. */
final class LayerNorm {
    /** Columns whose sums one item takes. */
    private static final int COLUMNS = 64;

    private final Workers workers;
    private final float[] values;
    private final float[] gradients;
    private final int gain;
    private final int bias;
    private final int size;
    private final float epsilon;
    /** For each worker two rows. */
    private final float[][] scratch;

    private final Task normalise = this::normalise;
    private final Task differentiate = this::differentiate;
    private final Task sumColumns = this::sumColumns;

    private float[] x = {};
    private float[] y = {};
    private float[] dy = {};
    private float[] dx = {};
    private Moments moments = new Moments(0);
    private int rows;

    LayerNorm(Workers workers, Tensors tensors, String name, float epsilon) {
        this.workers = workers;
        this.epsilon = epsilon;
        values = tensors.values();
        gradients = tensors.gradients();
        Parameter weight = tensors.layout().get(name + ".weight");
        gain = weight.offset();
        bias = tensors.layout().get(name + ".bias").offset();
        size = weight.size();
        scratch = new float[workers.pool().workers()][2 * size];
    }

    /** What the backward pass needs to know of each row: its mean and the inverse of its deviation. */
    @SuppressWarnings("ArrayRecordComponent") // Filled by the forward pass.
    record Moments(float[] means, float[] inverses) {
        Moments(int rows) {
            this(new float[rows], new float[rows]);
        }
    }

    /** Normalises {@code x [rows, size]} to {@code y}. */
    void forward(float[] x, float[] y, Moments moments, int rows) {
        this.x = x;
        this.y = y;
        this.moments = moments;
        workers.pool().run(rows, normalise);
    }

    private void normalise(int from, int to, int worker) {
        RowKernels kernels = workers.rows();
        float[] centred = scratch[worker];
        for (int row = from; row < to; row++) {
            int at = row * size;
            float mean = kernels.sum(x, at, size) / size;
            for (int i = 0; i < size; i++) {
                centred[i] = x[at + i] - mean;
            }
            float variance = kernels.dot(centred, 0, centred, 0, size) / size;
            float inverse = (float) (1 / Math.sqrt(variance + epsilon));
            for (int i = 0; i < size; i++) {
                y[at + i] = centred[i] * inverse * values[gain + i] + values[bias + i];
            }
            moments.means()[row] = mean;
            moments.inverses()[row] = inverse;
        }
    }

    /**
     * Adds the gradient of the input to {@code dx}, and those of gain and bias to theirs.
     *
     * @param x the input of the forward pass
     * @param moments what it found out
     * @param dy the gradient of its output
     */
    void backward(float[] x, Moments moments, float[] dy, float[] dx, int rows) {
        this.x = x;
        this.moments = moments;
        this.dy = dy;
        this.dx = dx;
        this.rows = rows;
        workers.pool().run(rows, differentiate);
        workers.pool().run(Math.ceilDiv(size, COLUMNS), sumColumns);
    }

    /**
     * With {@code n = (x - mean) / deviation} and {@code g = dy * gain}, {@code dx = (g - mean(g) - n mean(g n)) /
     * deviation}.
     */
    private void differentiate(int from, int to, int worker) {
        RowKernels kernels = workers.rows();
        float[] rowScratch = scratch[worker];
        for (int row = from; row < to; row++) {
            int at = row * size;
            float mean = moments.means()[row];
            float inverse = moments.inverses()[row];
            for (int i = 0; i < size; i++) {
                rowScratch[i] = (x[at + i] - mean) * inverse;
            }
            for (int i = 0; i < size; i++) {
                rowScratch[size + i] = dy[at + i] * values[gain + i];
            }
            float meanGradient = kernels.sum(rowScratch, size, size) / size;
            float meanProduct = kernels.dot(rowScratch, 0, rowScratch, size, size) / size;
            for (int i = 0; i < size; i++) {
                dx[at + i] += (rowScratch[size + i] - meanGradient - rowScratch[i] * meanProduct) * inverse;
            }
        }
    }

    private void sumColumns(int from, int to, int worker) {
        int first = from * COLUMNS;
        int last = Math.min(size, to * COLUMNS);
        for (int row = 0; row < rows; row++) {
            int at = row * size;
            float mean = moments.means()[row];
            float inverse = moments.inverses()[row];
            for (int i = first; i < last; i++) {
                gradients[gain + i] += dy[at + i] * (x[at + i] - mean) * inverse;
            }
            for (int i = first; i < last; i++) {
                gradients[bias + i] += dy[at + i];
            }
        }
    }
}
