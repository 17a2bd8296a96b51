package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.AttentionBatch;
import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.KeyValueLayout;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.MatrixSource;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Java's kernels on activations that were rounded: what units compute that this processor may lack. Rounds where oneDNN
 * would be called, for two rows and more.
 */
record RoundingKernels(Kernels base, Rounding rounding) implements Kernels {
    @Override
    public String name() {
        return base.name() + ", " + rounding.label();
    }

    @Override
    public String layout() {
        return base.layout();
    }

    @Override
    public PackedMatrix pack(
            MatrixSource source, WeightFormat format, MemorySegment weights, MemorySegment scales, WorkerPool pool) {
        return base.pack(source, format, weights, scales, pool);
    }

    @Override
    public Operations operations(WorkerPool pool, int positions) {
        return new RoundingOperations(base.operations(pool, positions), rounding);
    }

    @Override
    public Gemm gemm(WorkerPool pool) {
        return base.gemm(pool);
    }

    @Override
    public RowKernels rows() {
        return base.rows();
    }

    @Override
    public long read(MemorySegment memory, long from, long to) {
        return base.read(memory, from, to);
    }

    private record RoundingOperations(Operations java, Rounding rounding) implements Operations {
        @Override
        public void multiply(
                PackedMatrix weights,
                float @Nullable [] bias,
                Matrix x,
                Matrix y,
                int rows,
                Into into,
                Activation activation) {
            Matrix rounded = x;
            if (rows > 1) {
                rounded = Matrix.zeros(rows, x.columns());
                System.arraycopy(x.data(), 0, rounded.data(), 0, rows * x.stride());
                for (int row = 0; row < rows; row++) {
                    rounding.round(rounded.data(), rounded.offset(row), x.columns());
                }
            }
            java.multiply(weights, bias, rounded, y, rows, into, activation);
        }

        @Override
        public void layerNorm(Matrix x, float[] gain, float[] bias, float epsilon, Matrix y, int rows) {
            java.layerNorm(x, gain, bias, epsilon, y, rows);
        }

        @Override
        public void attend(
                Matrix qkv, AttentionBatch batch, KeyValueLayout layout, int layer, float scale, Matrix out) {
            java.attend(qkv, batch, layout, layer, scale, out);
        }

        @Override
        public void unpackRow(PackedMatrix weights, int output, float[] destination, int offset) {
            java.unpackRow(weights, output, destination, offset);
        }
    }
}
