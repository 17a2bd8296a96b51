package dev.confab.training.gradient;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WorkerPool.Task;

/** The activation between the two linear layers of a block's second half. */
final class FeedForward {
    /** Elements of an item. */
    private static final int ELEMENTS = 64 * RowKernels.ACTIVATION_STEP;

    private final Workers workers;
    private final Activation activation;
    private final Task activate = this::activate;
    private final Task differentiate = this::differentiate;

    private float[] x = {};
    private float[] y = {};
    private int elements;

    FeedForward(Workers workers, Activation activation) {
        this.workers = workers;
        this.activation = activation;
    }

    /** An array for so many elements, with room for the last whole vector. */
    static float[] array(int elements) {
        return new float[Math.ceilDiv(elements, RowKernels.ACTIVATION_STEP) * RowKernels.ACTIVATION_STEP];
    }

    /** {@code y = f(x)}; both arrays are made by {@link #array}. */
    void forward(float[] x, float[] y, int elements) {
        set(x, y, elements);
        workers.pool().run(Math.ceilDiv(elements, ELEMENTS), activate);
    }

    private void activate(int from, int to, int worker) {
        int first = from * ELEMENTS;
        int count = Math.min(elements, to * ELEMENTS) - first;
        System.arraycopy(x, first, y, first, count);
        workers.rows().activate(activation, y, first, count);
    }

    /** {@code dy *= f'(x)}; both arrays are made by {@link #array}. */
    void backward(float[] x, float[] dy, int elements) {
        set(x, dy, elements);
        workers.pool().run(Math.ceilDiv(elements, ELEMENTS), differentiate);
    }

    private void differentiate(int from, int to, int worker) {
        int first = from * ELEMENTS;
        int count = Math.min(elements, to * ELEMENTS) - first;
        workers.rows().activationGradient(activation, x, first, y, first, count);
    }

    private void set(float[] x, float[] y, int elements) {
        this.x = x;
        this.y = y;
        this.elements = Math.ceilDiv(elements, RowKernels.ACTIVATION_STEP) * RowKernels.ACTIVATION_STEP;
    }
}
