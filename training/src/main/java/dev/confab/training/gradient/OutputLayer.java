package dev.confab.training.gradient;

import dev.confab.engine.model.Gpt2Config;
import dev.confab.engine.model.TensorNames;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.WorkerPool.Task;
import dev.confab.training.data.Batch;
import java.util.Arrays;

/**
 * The head and its loss, the negative log-probability of each token that is learned. Only positions that predict such a
 * token are multiplied, some hundred at a time, as logits are the largest tensor of a small model.
 */
final class OutputLayer {
    /** Logits that are held at once: 64 MB. */
    private static final int MOST_LOGITS = 1 << 24;

    private final Workers workers;
    private final float[] values;
    private final float[] gradients;
    private final int weight;
    private final int vocabulary;
    private final int hidden;
    private final int stride;
    private final int rowsAtOnce;
    /** {@code [rowsAtOnce, stride]}: logits, then their gradients. */
    private final float[] logits;
    /** {@code [rowsAtOnce, hidden]}: the rows of x, then their gradients. */
    private final float[] gathered;

    private final float[] gatheredGradients;
    /** The positions that are multiplied at the moment. */
    private final int[] positions;

    private final float[] losses;
    private final Task crossEntropy = this::crossEntropy;

    private int[] ids = {};
    private float[] weights = {};
    private boolean withGradients;

    /** How many numbers it keeps. */
    static long numbers(Gpt2Config config, int tokens) {
        int stride = Matrix.padded(config.vocabularySize());
        return Math.clamp(MOST_LOGITS / stride, 1, tokens) * (stride + 2L * config.hiddenSize());
    }

    OutputLayer(Workers workers, Tensors tensors, Gpt2Config config, int tokens) {
        this.workers = workers;
        values = tensors.values();
        gradients = tensors.gradients();
        weight = tensors.layout()
                .get(config.tiedHead() ? TensorNames.TOKEN_EMBEDDING : TensorNames.HEAD)
                .offset();
        vocabulary = config.vocabularySize();
        hidden = config.hiddenSize();
        stride = Matrix.padded(vocabulary);
        rowsAtOnce = Math.clamp(MOST_LOGITS / stride, 1, tokens);
        logits = new float[Math.multiplyExact(rowsAtOnce, stride)];
        gathered = new float[rowsAtOnce * hidden];
        gatheredGradients = new float[rowsAtOnce * hidden];
        positions = new int[rowsAtOnce];
        losses = new float[rowsAtOnce];
    }

    /**
     * The weighted sum of the losses, whose gradients are added where {@code dx} is given.
     *
     * @param x {@code [rows * length, hidden]}
     * @param dx receives {@code [rows * length, hidden]}; unused without {@code withGradients}
     */
    double loss(float[] x, Batch batch, float[] dx, boolean withGradients) {
        ids = batch.ids();
        weights = batch.weights();
        this.withGradients = withGradients;
        int rows = batch.rows();
        int length = batch.length();
        if (withGradients) {
            Arrays.fill(dx, 0, rows * length * hidden, 0f);
        }
        double loss = 0;
        int count = 0;
        for (int position = 0; position < rows * length; position++) {
            if ((position + 1) % length != 0 && weights[position + 1] != 0) {
                positions[count++] = position;
            }
            if (count == rowsAtOnce || (count > 0 && position == rows * length - 1)) {
                loss += lossOfGathered(x, count, dx);
                count = 0;
            }
        }
        return loss;
    }

    private double lossOfGathered(float[] x, int count, float[] dx) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(x, positions[i] * hidden, gathered, i * hidden, hidden);
        }
        var gemm = workers.gemm().shared();
        gemm.multiplyByTransposed(
                count,
                vocabulary,
                hidden,
                gathered,
                0,
                hidden,
                values,
                weight,
                hidden,
                logits,
                0,
                stride,
                Into.REPLACE);
        workers.pool().run(count, crossEntropy);
        double loss = 0;
        for (int i = 0; i < count; i++) {
            loss += losses[i];
        }
        if (withGradients) {
            gemm.multiplyTransposed(
                    vocabulary,
                    hidden,
                    count,
                    logits,
                    0,
                    stride,
                    gathered,
                    0,
                    hidden,
                    gradients,
                    weight,
                    hidden,
                    Into.ADD);
            gemm.multiply(
                    count,
                    hidden,
                    vocabulary,
                    logits,
                    0,
                    stride,
                    values,
                    weight,
                    hidden,
                    gatheredGradients,
                    0,
                    hidden,
                    Into.REPLACE);
            for (int i = 0; i < count; i++) {
                System.arraycopy(gatheredGradients, i * hidden, dx, positions[i] * hidden, hidden);
            }
        }
        return loss;
    }

    /** Turns logits into losses and their gradients, {@code weight * (softmax - one at the target)}. */
    private void crossEntropy(int from, int to, int worker) {
        for (int i = from; i < to; i++) {
            int at = i * stride;
            int target = ids[positions[i] + 1];
            float w = weights[positions[i] + 1];
            float targetLogit = logits[at + target];
            float largest = logits[at];
            for (int v = 1; v < vocabulary; v++) {
                largest = Math.max(largest, logits[at + v]);
            }
            float sum = workers.rows().softmax(logits, at, vocabulary, stride);
            losses[i] = (float) (w * (Math.log(sum) + largest - targetLogit));
            if (withGradients) {
                float factor = w / sum;
                for (int v = 0; v < vocabulary; v++) {
                    logits[at + v] *= factor;
                }
                logits[at + target] -= w;
            }
        }
    }
}
