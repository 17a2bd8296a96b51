package dev.confab.engine.tensor;

import org.jspecify.annotations.Nullable;

/** {@link Operations} on {@link PanelKernels}: splits the work between threads and looks after everything but loops. */
final class PanelOperations implements Operations {
    /** Below this many rows a layer norm is not worth handing out. */
    private static final int ROWS_WORTH_SHARING = 4;

    private final PanelKernels kernels;
    private final WorkerPool pool;
    private final MultiplyTask multiply;
    private final LayerNormTask layerNorm;
    private final AttentionTask attention;

    PanelOperations(PanelKernels kernels, WorkerPool pool, int positions) {
        this.kernels = kernels;
        this.pool = pool;
        multiply = new MultiplyTask(kernels, pool.workers());
        layerNorm = new LayerNormTask(kernels);
        attention = new AttentionTask(kernels, pool.workers(), positions);
    }

    @Override
    public void multiply(
            PackedMatrix weights,
            float @Nullable [] bias,
            Matrix x,
            Matrix y,
            int rows,
            Into into,
            Activation activation) {
        PackedShape shape = weights.shape();
        if (x.columns() != shape.inputs() || y.columns() != shape.outputs() || rows > x.rows() || rows > y.rows()) {
            throw new IllegalArgumentException("cannot multiply " + rows + " rows of [" + x.rows() + ", " + x.columns()
                    + "] by " + shape + " into [" + y.rows() + ", " + y.columns() + "]");
        }
        multiply.set(weights, bias, x, y, rows, into, activation);
        pool.run(shape.paddedOutputs() / kernels.panelWidth(), multiply);
    }

    @Override
    public void layerNorm(Matrix x, float[] gain, float[] bias, float epsilon, Matrix y, int rows) {
        layerNorm.set(x, gain, bias, epsilon, y);
        if (rows < ROWS_WORTH_SHARING) {
            layerNorm.run(0, rows, 0);
        } else {
            pool.run(rows, layerNorm);
        }
    }

    @Override
    public void attend(Matrix qkv, AttentionBatch batch, KeyValueLayout layout, int layer, float scale, Matrix out) {
        attention.set(qkv, batch, layout, layer, scale, out);
        pool.run(batch.segments() * layout.heads(), attention);
    }

    @Override
    public void unpackRow(PackedMatrix weights, int output, float[] destination, int offset) {
        PanelPacker.row(weights, kernels.panelWidth(), output, destination, offset);
    }
}
