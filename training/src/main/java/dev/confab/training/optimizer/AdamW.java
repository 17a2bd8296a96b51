package dev.confab.training.optimizer;

import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WorkerPool;
import dev.confab.engine.tensor.WorkerPool.Task;
import dev.confab.training.gradient.Parameter;
import dev.confab.training.gradient.ParameterLayout;
import dev.confab.training.gradient.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019), as PyTorch's
 * {@code AdamW} computes it. Biases and layer norms do not decay.
 *
 * <p>Mutable, for one thread at a time. A step allocates nothing.
 */
public final class AdamW {
    /**
     * The optimiser's settings, with PyTorch's names.
     *
     * @param beta1 decay of the gradients' mean, from 0 to below 1
     * @param beta2 decay of the squared gradients' mean, from 0 to below 1
     * @param epsilon added to the root of the second, above 0
     * @param weightDecay share of a parameter that a step with learning rate 1 takes away, at least 0
     */
    public record Options(float beta1, float beta2, float epsilon, float weightDecay) {
        /** GPT-2's usual settings. */
        public static final Options DEFAULT = new Options(0.9f, 0.95f, 1e-8f, 0.1f);

        /** Checks the ranges. */
        public Options {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && weightDecay >= 0)) {
                throw new IllegalArgumentException("AdamW: beta1=" + beta1 + ", beta2=" + beta2 + ", epsilon=" + epsilon
                        + ", weightDecay=" + weightDecay
                        + "; expected betas from 0 to below 1, epsilon above 0, weightDecay at least 0");
            }
        }
    }

    /** Numbers that one item updates. */
    private static final int PIECE = 1 << 14;

    private final Options options;
    private final WorkerPool pool;
    private final RowKernels rows;
    private final List<Piece> pieces;
    private final double[] squares;
    private final float[] means;
    private final float[] variances;
    private final Task sumSquares = this::sumSquares;
    private final Task update = this::update;

    private float[] values = {};
    private float[] gradients = {};
    private float gradientScale;
    private float learningRate;
    private long steps;

    /** A stretch of one parameter. */
    private record Piece(int from, int to, boolean decays) {}

    /** Begins with step 0 and no memory of gradients. */
    public AdamW(ParameterLayout layout, Options options, Workers workers) {
        this.options = options;
        pool = workers.pool();
        rows = workers.rows();
        pieces = cut(layout);
        squares = new double[pieces.size()];
        means = new float[layout.size()];
        variances = new float[layout.size()];
    }

    private static List<Piece> cut(ParameterLayout layout) {
        var pieces = new ArrayList<Piece>();
        for (Parameter parameter : layout.parameters()) {
            for (int from = parameter.offset(); from < parameter.end(); from += PIECE) {
                pieces.add(new Piece(from, Math.min(parameter.end(), from + PIECE), parameter.decays()));
            }
        }
        return List.copyOf(pieces);
    }

    /** The mean of past gradients, laid out like the parameters; part of a training run's state. */
    public float[] means() {
        return means;
    }

    /** The mean of past squared gradients, laid out like the parameters; part of a training run's state. */
    public float[] variances() {
        return variances;
    }

    /** How many steps were made. */
    public long steps() {
        return steps;
    }

    /** Goes on after so many steps, once {@link #means} and {@link #variances} are what they were. */
    public void setSteps(long steps) {
        this.steps = steps;
    }

    /** The Euclidean length of all gradients together; not finite if one of them is not. */
    public double norm(float[] gradients) {
        this.gradients = gradients;
        pool.run(pieces.size(), sumSquares);
        double sum = 0;
        for (double square : squares) {
            sum += square;
        }
        return Math.sqrt(sum);
    }

    private void sumSquares(int from, int to, int worker) {
        for (int i = from; i < to; i++) {
            Piece piece = pieces.get(i);
            squares[i] = rows.dot(gradients, piece.from, gradients, piece.from, piece.to - piece.from);
        }
    }

    /**
     * Improves the parameters by one step.
     *
     * @param gradientScale what gradients are multiplied with first: for their mean, and to clip them
     */
    public void step(float[] values, float[] gradients, double gradientScale, double learningRate) {
        this.values = values;
        this.gradients = gradients;
        this.gradientScale = (float) gradientScale;
        this.learningRate = (float) learningRate;
        steps++;
        pool.run(pieces.size(), update);
    }

    private void update(int from, int to, int worker) {
        float beta1 = options.beta1;
        float beta2 = options.beta2;
        float meanRate = (float) (learningRate / (1 - Math.pow(beta1, (double) steps)));
        float varianceScale = (float) (1 / Math.sqrt(1 - Math.pow(beta2, (double) steps)));
        for (int i = from; i < to; i++) {
            Piece piece = pieces.get(i);
            float keep = piece.decays ? 1 - learningRate * options.weightDecay : 1;
            for (int p = piece.from; p < piece.to; p++) {
                float gradient = gradients[p] * gradientScale;
                float mean = means[p] * beta1 + gradient * (1 - beta1);
                float variance = variances[p] * beta2 + gradient * gradient * (1 - beta2);
                means[p] = mean;
                variances[p] = variance;
                float deviation = (float) Math.sqrt(variance) * varianceScale + options.epsilon;
                values[p] = values[p] * keep - meanRate * mean / deviation;
            }
        }
    }
}
