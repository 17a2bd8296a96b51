package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.KeyValueLayout.POSITIONS;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Plain loops: correct wherever Java runs, and the yardstick of the vector kernels' tests. Weights are unpacked to
 * floats output by output.
 */
final class ScalarKernels implements JavaKernels, PanelKernels {
    private static final int WIDTH = 64;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public PanelLayout panels() {
        return new PanelLayout(WIDTH);
    }

    @Override
    public PackedMatrix pack(
            MatrixSource source, WeightFormat format, MemorySegment weights, MemorySegment scales, WorkerPool pool) {
        return PanelPacker.pack(source, format, WIDTH, weights, scales, pool);
    }

    @Override
    public Operations operations(WorkerPool pool, int positions) {
        return new PanelOperations(this, pool, positions);
    }

    @Override
    public Gemm gemm(WorkerPool pool) {
        return Gemm.onPanels(this, pool);
    }

    @Override
    public RowKernels rows() {
        return this;
    }

    @Override
    public long read(MemorySegment memory, long from, long to) {
        long sum = 0;
        for (long at = from; at < to; at += Long.BYTES) {
            sum += memory.get(ValueLayout.JAVA_LONG, at);
        }
        return sum;
    }

    @Override
    public int panelWidth() {
        return WIDTH;
    }

    @Override
    public void prepare(PanelInput input, WeightFormat format) {
        // Every format is multiplied as floats.
    }

    @Override
    public void multiply(
            PackedMatrix weights,
            int panel,
            PanelInput input,
            int rows,
            float[] y,
            int yOffset,
            int yStride,
            float[] tile) {
        float[] row = new float[input.inputs];
        for (int o = 0; o < WIDTH; o++) {
            PanelPacker.row(weights, WIDTH, panel * WIDTH + o, row, 0);
            for (int r = 0; r < rows; r++) {
                y[yOffset + r * yStride + o] += dot(input.x, r * input.stride, row);
            }
        }
    }

    @Override
    public void multiply(
            float[] x,
            int xOffset,
            int xStride,
            int rows,
            float[] tile,
            int inputs,
            float[] y,
            int yOffset,
            int yStride) {
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < inputs; i++) {
                float factor = x[xOffset + r * xStride + i];
                for (int o = 0; o < WIDTH; o++) {
                    y[yOffset + r * yStride + o] += factor * tile[i * WIDTH + o];
                }
            }
        }
    }

    private static float dot(float[] x, int offset, float[] w) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        for (int i = 0; i < w.length; i += 4) {
            a += x[offset + i] * w[i];
            b += x[offset + i + 1] * w[i + 1];
            c += x[offset + i + 2] * w[i + 2];
            d += x[offset + i + 3] * w[i + 3];
        }
        return (a + b) + (c + d);
    }

    @Override
    public void layerNorm(
            float[] x, int xOffset, float[] gain, float[] bias, float epsilon, float[] y, int yOffset, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[xOffset + i];
        }
        double mean = sum / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double d = x[xOffset + i] - mean;
            squares += d * d;
        }
        double inverse = 1 / Math.sqrt(squares / n + epsilon);
        for (int i = 0; i < n; i++) {
            y[yOffset + i] = (float) ((x[xOffset + i] - mean) * inverse) * gain[i] + bias[i];
        }
    }

    @Override
    public void activate(Activation activation, float[] y, int offset, int n) {
        for (int i = offset; i < offset + n; i++) {
            y[i] = activation.apply(y[i]);
        }
    }

    @Override
    public void activationGradient(Activation activation, float[] x, int xOffset, float[] dy, int dyOffset, int n) {
        for (int i = 0; i < n; i++) {
            dy[dyOffset + i] *= activation.derivative(x[xOffset + i]);
        }
    }

    @Override
    public float sum(float[] x, int offset, int n) {
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += x[i];
        }
        return (float) sum;
    }

    @Override
    public float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (double) x[xOffset + i] * y[yOffset + i];
        }
        return (float) sum;
    }

    @Override
    public double sumOfExponentials(float[] x, int offset, int n, float max) {
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            sum += Math.exp(x[i] - max);
        }
        return sum;
    }

    @Override
    public float softmax(float[] scores, int offset, int n, int padded) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = offset; i < offset + n; i++) {
            largest = Math.max(largest, scores[i]);
        }
        double sum = 0;
        for (int i = offset; i < offset + n; i++) {
            scores[i] = (float) Math.exp(scores[i] - largest);
            sum += scores[i];
        }
        java.util.Arrays.fill(scores, offset + n, offset + padded, 0f);
        return (float) sum;
    }

    @Override
    public void scores(
            KeyValueLayout layout,
            MemorySegment block,
            long keys,
            float[] queries,
            int queryOffset,
            int queryStride,
            int count,
            float[] scores,
            int scoreOffset,
            int scoreStride) {
        for (int r = 0; r < count; r++) {
            for (int p = 0; p < POSITIONS; p++) {
                float sum = 0;
                for (int d = 0; d < layout.headSize(); d++) {
                    sum += queries[queryOffset + r * queryStride + d] * number(layout, block, keys, d * POSITIONS, p);
                }
                scores[scoreOffset + r * scoreStride + p] = sum;
            }
        }
    }

    @Override
    public void values(
            KeyValueLayout layout,
            MemorySegment block,
            long values,
            int positions,
            float[] probabilities,
            int probabilityOffset,
            int probabilityStride,
            int count,
            float[] out,
            int outOffset,
            int outStride) {
        int padded = layout.paddedHeadSize();
        for (int p = 0; p < positions; p++) {
            for (int d = 0; d < layout.headSize(); d++) {
                float value = number(layout, block, values, p * padded + (d & -32), d & 31);
                for (int r = 0; r < count; r++) {
                    out[outOffset + r * outStride + d] +=
                            probabilities[probabilityOffset + r * probabilityStride + p] * value;
                }
            }
        }
    }

    /** Number {@code i} of the run of 32 that begins at index {@code run}. */
    private static float number(KeyValueLayout layout, MemorySegment block, long base, int run, int i) {
        return layout.format() == KeyValueFormat.F32
                ? block.get(ValueLayout.JAVA_FLOAT, base + 4L * (run + i))
                : BFloat16.toFloat(
                        block.get(ValueLayout.JAVA_SHORT, base + 2L * (run + KeyValueLayout.interleaved(i))));
    }
}
