package dev.confab.engine.tensor;

import static dev.confab.engine.tensor.WeightFormat.GROUP;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Kernels on the Vector API. A panel is four vectors wide, whatever their length: enough independent sums to hide the
 * latency of a multiply-add, few enough to stay in registers.
 */
final class VectorKernels implements JavaKernels, PanelKernels {
    private static final int WIDTH = 4 * VectorShapes.LANES;

    @Override
    public String name() {
        return "vector-" + VectorShapes.BITS;
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
        long step = VectorShapes.INTS.vectorByteSize();
        IntVector a = IntVector.zero(VectorShapes.INTS);
        IntVector b = a;
        IntVector c = a;
        IntVector d = a;
        for (long at = from; at < to; at += 4 * step) {
            a = a.add(IntVector.fromMemorySegment(VectorShapes.INTS, memory, at, VectorShapes.ORDER));
            b = b.add(IntVector.fromMemorySegment(VectorShapes.INTS, memory, at + step, VectorShapes.ORDER));
            c = c.add(IntVector.fromMemorySegment(VectorShapes.INTS, memory, at + 2 * step, VectorShapes.ORDER));
            d = d.add(IntVector.fromMemorySegment(VectorShapes.INTS, memory, at + 3 * step, VectorShapes.ORDER));
        }
        return a.add(b).add(c).add(d).reduceLanes(VectorOperators.ADD);
    }

    @Override
    public int panelWidth() {
        return WIDTH;
    }

    @Override
    public void prepare(PanelInput input, WeightFormat format) {
        if (format == WeightFormat.Q4 && input.rows == 1) {
            input.quantize(1);
        }
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
        int inputs = input.inputs;
        MemorySegment w = weights.weights();
        long wOffset = (long) panel * inputs * WIDTH * weights.format().bits() / 8;
        MemorySegment s = weights.scales();
        long sOffset = (long) panel * (inputs / GROUP) * WIDTH * Float.BYTES;
        switch (weights.format()) {
            case F32 -> {
                if (rows == 1) {
                    VectorF32.row(input.x, 0, w, wOffset, inputs, y, yOffset);
                } else {
                    multiplyByTiles(weights, wOffset, sOffset, input, rows, y, yOffset, yStride, tile);
                }
            }
            case BF16 -> {
                if (rows == 1) {
                    VectorBf16.row(input.x, 0, w, wOffset, inputs, y, yOffset);
                } else {
                    multiplyByTiles(weights, wOffset, sOffset, input, rows, y, yOffset, yStride, tile);
                }
            }
            case Q8 -> {
                if (rows == 1) {
                    VectorQ8.row(input.x, 0, w, wOffset, s, sOffset, inputs, y, yOffset);
                } else if (VectorQ8Rows.suit(rows)) {
                    VectorQ8Rows.multiply(
                            input.x, 0, input.stride, rows, w, wOffset, s, sOffset, inputs, y, yOffset, yStride);
                } else {
                    multiplyByTiles(weights, wOffset, sOffset, input, rows, y, yOffset, yStride, tile);
                }
            }
            case Q4 -> {
                if (rows == 1) {
                    VectorQ4.row(
                            input.quantized,
                            0,
                            input.scales,
                            input.sums,
                            0,
                            w,
                            wOffset,
                            s,
                            sOffset,
                            inputs,
                            y,
                            yOffset);
                } else {
                    multiplyByTiles(weights, wOffset, sOffset, input, rows, y, yOffset, yStride, tile);
                }
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
        VectorProducts.multiply(x, xOffset, xStride, rows, tile, inputs, y, yOffset, yStride);
    }

    private static void multiplyByTiles(
            PackedMatrix weights,
            long wOffset,
            long sOffset,
            PanelInput input,
            int rows,
            float[] y,
            int yOffset,
            int yStride,
            float[] tile) {
        for (int i = 0; i < input.inputs; i += MultiplyTask.TILE_INPUTS) {
            int inputs = Math.min(MultiplyTask.TILE_INPUTS, input.inputs - i);
            long w = wOffset + (long) i * WIDTH * weights.format().bits() / 8;
            long s = sOffset + (long) (i / GROUP) * WIDTH * Float.BYTES;
            switch (weights.format()) {
                case F32 -> VectorF32.unpack(weights.weights(), w, inputs, tile);
                case BF16 -> VectorBf16.unpack(weights.weights(), w, inputs, tile);
                case Q8 -> VectorQ8.unpack(weights.weights(), w, weights.scales(), s, inputs, tile);
                case Q4 -> VectorQ4.unpack(weights.weights(), w, weights.scales(), s, inputs, tile);
            }
            VectorProducts.multiply(input.x, i, input.stride, rows, tile, inputs, y, yOffset, yStride);
        }
    }

    @Override
    public void layerNorm(
            float[] x, int xOffset, float[] gain, float[] bias, float epsilon, float[] y, int yOffset, int n) {
        VectorMath.layerNorm(x, xOffset, gain, bias, epsilon, y, yOffset, n);
    }

    @Override
    public void activate(Activation activation, float[] y, int offset, int n) {
        if (activation == Activation.GELU_NEW) {
            VectorMath.geluNew(y, offset, n);
        } else {
            for (int i = offset; i < offset + n; i++) {
                y[i] = activation.apply(y[i]);
            }
        }
    }

    @Override
    public void activationGradient(Activation activation, float[] x, int xOffset, float[] dy, int dyOffset, int n) {
        if (activation == Activation.GELU_NEW) {
            VectorMath.geluNewGradient(x, xOffset, dy, dyOffset, n);
        } else {
            for (int i = 0; i < n; i++) {
                dy[dyOffset + i] *= activation.derivative(x[xOffset + i]);
            }
        }
    }

    @Override
    public float sum(float[] x, int offset, int n) {
        return VectorMath.sum(x, offset, n);
    }

    @Override
    public float dot(float[] x, int xOffset, float[] y, int yOffset, int n) {
        return VectorMath.dot(x, xOffset, y, yOffset, n);
    }

    @Override
    public double sumOfExponentials(float[] x, int offset, int n, float max) {
        return VectorMath.sumOfExponentials(x, offset, n, max);
    }

    @Override
    public float softmax(float[] scores, int offset, int n, int padded) {
        return VectorMath.softmax(scores, offset, n, padded);
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
        int headSize = layout.headSize();
        if (layout.format() == KeyValueFormat.BF16 && count == 4) {
            VectorAttention.scores4(
                    block, keys, headSize, queries, queryOffset, queryStride, scores, scoreOffset, scoreStride);
            return;
        }
        for (int r = 0; r < count; r++) {
            int q = queryOffset + r * queryStride;
            int to = scoreOffset + r * scoreStride;
            if (layout.format() == KeyValueFormat.BF16) {
                VectorAttention.scores(block, keys, headSize, queries, q, scores, to);
            } else {
                VectorAttentionF32.scores(block, keys, headSize, queries, q, scores, to);
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
        int size = layout.paddedHeadSize();
        if (layout.format() == KeyValueFormat.BF16 && count == 4) {
            VectorAttention.values4(
                    block,
                    values,
                    positions,
                    size,
                    probabilities,
                    probabilityOffset,
                    probabilityStride,
                    out,
                    outOffset,
                    outStride);
            return;
        }
        for (int r = 0; r < count; r++) {
            int p = probabilityOffset + r * probabilityStride;
            int to = outOffset + r * outStride;
            if (layout.format() == KeyValueFormat.BF16) {
                VectorAttention.values(block, values, positions, size, probabilities, p, out, to);
            } else {
                VectorAttentionF32.values(block, values, positions, size, probabilities, p, out, to);
            }
        }
    }
}
