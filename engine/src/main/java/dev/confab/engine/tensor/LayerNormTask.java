package dev.confab.engine.tensor;

/** Layer norm of some rows; an item is a row. */
final class LayerNormTask implements WorkerPool.Task {
    private final PanelKernels kernels;
    private Matrix x = Matrix.zeros(0, 1);
    private Matrix y = x;
    private float[] gain = {};
    private float[] bias = {};
    private float epsilon;

    LayerNormTask(PanelKernels kernels) {
        this.kernels = kernels;
    }

    void set(Matrix x, float[] gain, float[] bias, float epsilon, Matrix y) {
        this.x = x;
        this.gain = gain;
        this.bias = bias;
        this.epsilon = epsilon;
        this.y = y;
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int r = from; r < to; r++) {
            kernels.layerNorm(x.data(), x.offset(r), gain, bias, epsilon, y.data(), y.offset(r), x.columns());
        }
    }
}
