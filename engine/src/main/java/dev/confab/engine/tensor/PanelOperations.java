package dev.confab.engine.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** {@link Operations} on {@link PanelKernels}: splits the work between threads and looks after everything but loops. */
final class PanelOperations implements Operations {
    /** Inputs of a panel that are unpacked at a time: with 64 outputs a quarter of a megabyte, which stays in cache. */
    static final int TILE_INPUTS = 1024;

    /** Below this many rows a layer norm is not worth handing out. */
    private static final int ROWS_WORTH_SHARING = 4;

    private final PanelKernels kernels;
    private final WorkerPool pool;
    private final MultiplyTask multiply = new MultiplyTask();
    private final LayerNormTask layerNorm = new LayerNormTask();
    private final AttentionTask attention;

    PanelOperations(PanelKernels kernels, WorkerPool pool, int positions) {
        this.kernels = kernels;
        this.pool = pool;
        attention = new AttentionTask(kernels, pool.workers(), positions);
        multiply.allocateTiles();
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
        requireRoom(x.columns() == shape.inputs() && y.columns() == shape.outputs(), shape, x, y);
        requireRoom(rows <= x.rows() && rows <= y.rows(), shape, x, y);
        multiply.input.set(x, shape.paddedInputs(), rows);
        kernels.prepare(multiply.input, shape.format());
        multiply.weights = weights;
        multiply.bias = bias;
        multiply.y = y;
        multiply.into = into;
        multiply.activation = activation;
        pool.run(shape.paddedOutputs() / kernels.panelWidth(), multiply);
    }

    private static void requireRoom(boolean fits, PackedShape shape, Matrix x, Matrix y) {
        if (!fits) {
            throw new IllegalArgumentException("cannot multiply [" + x.rows() + ", " + x.columns() + "] by " + shape
                    + " into [" + y.rows() + ", " + y.columns() + "]");
        }
    }

    @Override
    public void layerNorm(Matrix x, float[] gain, float[] bias, float epsilon, Matrix y, int rows) {
        layerNorm.x = x;
        layerNorm.gain = gain;
        layerNorm.bias = bias;
        layerNorm.epsilon = epsilon;
        layerNorm.y = y;
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
        for (int i = 0; i < weights.inputs(); i++) {
            destination[offset + i] = PanelPacker.weight(weights, kernels.panelWidth(), output, i);
        }
    }

    /** One linear layer; an item is a panel. */
    private final class MultiplyTask implements WorkerPool.Task {
        private static final Matrix NONE = Matrix.zeros(0, 1);

        final PanelInput input = new PanelInput();
        private final MemorySegment[] tiles = new MemorySegment[pool.workers()];
        private @Nullable PackedMatrix weights;
        private float @Nullable [] bias;
        private Matrix y = NONE;
        private Into into = Into.REPLACE;
        private Activation activation = Activation.IDENTITY;

        void allocateTiles() {
            for (int i = 0; i < tiles.length; i++) {
                tiles[i] = Arena.ofAuto().allocate((long) TILE_INPUTS * kernels.panelWidth() * Float.BYTES, 64);
            }
        }

        @Override
        public void run(int from, int to, int worker) {
            PackedMatrix matrix = java.util.Objects.requireNonNull(weights);
            int width = kernels.panelWidth();
            for (int panel = from; panel < to; panel++) {
                int offset = panel * width;
                for (int r = 0; r < input.rows; r++) {
                    begin(y.data(), y.offset(r) + offset, offset, width);
                }
                kernels.multiply(matrix, panel, input, input.rows, y.data(), offset, y.stride(), tiles[worker]);
                if (activation != Activation.IDENTITY) {
                    for (int r = 0; r < input.rows; r++) {
                        kernels.activate(activation, y.data(), y.offset(r) + offset, width);
                    }
                }
            }
        }

        /** Kernels add to what is there; so the bias, or nothing, goes there first. */
        private void begin(float[] data, int at, int output, int width) {
            float[] b = bias;
            if (into == Into.ADD) {
                if (b != null) {
                    for (int i = 0; i < width; i++) {
                        data[at + i] += b[output + i];
                    }
                }
            } else if (b == null) {
                java.util.Arrays.fill(data, at, at + width, 0f);
            } else {
                System.arraycopy(b, output, data, at, width);
            }
        }
    }

    /** An item is a row. */
    private final class LayerNormTask implements WorkerPool.Task {
        private Matrix x = Matrix.zeros(0, 1);
        private Matrix y = x;
        private float[] gain = {};
        private float[] bias = {};
        private float epsilon;

        @Override
        public void run(int from, int to, int worker) {
            for (int r = from; r < to; r++) {
                kernels.layerNorm(x.data(), x.offset(r), gain, bias, epsilon, y.data(), y.offset(r), x.columns());
            }
        }
    }
}
