package dev.confab.engine.tensor;

import dev.confab.engine.tensor.Operations.Into;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One linear layer; an item is a panel. */
final class MultiplyTask implements WorkerPool.Task {
    /** Inputs of a panel that are unpacked at a time: with 64 outputs a quarter of a megabyte, which stays in cache. */
    static final int TILE_INPUTS = 1024;

    private final PanelKernels kernels;
    private final PanelInput input = new PanelInput();
    /** For each worker {@code [TILE_INPUTS, panel width]}. */
    private final float[][] tiles;

    private @Nullable PackedMatrix weights;
    private float @Nullable [] bias;
    private @Nullable Matrix y;
    private Into into = Into.REPLACE;
    private Activation activation = Activation.IDENTITY;

    MultiplyTask(PanelKernels kernels, int workers) {
        this.kernels = kernels;
        tiles = new float[workers][TILE_INPUTS * kernels.panelWidth()];
    }

    void set(
            PackedMatrix weights,
            float @Nullable [] bias,
            Matrix x,
            Matrix y,
            int rows,
            Into into,
            Activation activation) {
        input.set(x, weights.shape().paddedInputs(), rows);
        kernels.prepare(input, weights.format());
        this.weights = weights;
        this.bias = bias;
        this.y = y;
        this.into = into;
        this.activation = activation;
    }

    @Override
    public void run(int from, int to, int worker) {
        if (weights == null || y == null) {
            throw new IllegalStateException("no product was set");
        }
        int width = kernels.panelWidth();
        for (int panel = from; panel < to; panel++) {
            int offset = panel * width;
            for (int r = 0; r < input.rows; r++) {
                begin(y.data(), y.offset(r) + offset, offset, width);
            }
            kernels.multiply(weights, panel, input, input.rows, y.data(), offset, y.stride(), tiles[worker]);
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
            Arrays.fill(data, at, at + width, 0f);
        } else {
            System.arraycopy(b, output, data, at, width);
        }
    }
}
