package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.AttentionBatch;
import dev.confab.engine.tensor.JavaKernels;
import dev.confab.engine.tensor.KeyValueLayout;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.ref.Reference;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Products of several rows on oneDNN where that is faster; the engine's own kernels for all else. One thread at a time. */
final class OneDnnOperations implements Operations {
    private final Operations java;
    private final PanelProducts products;
    private final SpeedMeasurement measurement;
    private final Paths paths;
    private final ActivationFormat activations;
    private final String machine;
    private final Map<WeightFormat, Map<RowClass, Optional<Arithmetic>>> chosen = new EnumMap<>(WeightFormat.class);

    OneDnnOperations(
            JavaKernels base,
            Dnnl dnnl,
            ActivationFormat activations,
            Paths paths,
            String machine,
            WorkerPool pool,
            int positions) {
        java = base.operations(pool, positions);
        products = new PanelProducts(dnnl, this, base.panels(), base.rows(), pool);
        measurement = new SpeedMeasurement(java, products);
        this.activations = activations;
        this.paths = paths;
        this.machine = machine + ", " + pool.workers() + (pool.workers() == 1 ? " thread" : " threads");
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
        // One row reads the weights once and is as fast as memory allows, with the engine's kernels too.
        Optional<Arithmetic> arithmetic = rows < 2 ? Optional.empty() : choose(weights.format(), RowClass.of(rows));
        if (arithmetic.isEmpty()) {
            java.multiply(weights, bias, x, y, rows, into, activation);
            return;
        }
        requireFitting(weights, bias, x, y, rows);
        try {
            products.multiply(arithmetic.get(), weights, bias, x, y, rows, into, activation);
        } finally {
            // Native objects are given back when this becomes garbage, which may not be while they are in use.
            Reference.reachabilityFence(this);
        }
    }

    private Optional<Arithmetic> choose(WeightFormat format, RowClass rows) {
        Map<RowClass, Optional<Arithmetic>> known = chosen.computeIfAbsent(format, f -> new EnumMap<>(RowClass.class));
        Optional<Arithmetic> choice = known.get(rows);
        if (choice == null) {
            choice = paths.choose(format, activations, rows, machine, products, measurement);
            known.put(rows, choice);
        }
        return choice;
    }

    /** Native code checks nothing: what it reads and writes must be there. */
    private static void requireFitting(PackedMatrix weights, float @Nullable [] bias, Matrix x, Matrix y, int rows) {
        PackedShape shape = weights.shape();
        if (x.columns() != shape.inputs() || y.columns() != shape.outputs() || rows > x.rows() || rows > y.rows()) {
            throw new IllegalArgumentException("cannot multiply " + rows + " rows of [" + x.rows() + ", " + x.columns()
                    + "] by " + shape + " into [" + y.rows() + ", " + y.columns() + "]");
        }
        if (weights.weights().byteSize() < shape.weightBytes()
                || weights.scales().byteSize() < shape.scaleBytes()) {
            throw new IllegalArgumentException(shape + " takes " + shape.weightBytes() + " and " + shape.scaleBytes()
                    + " bytes, not " + weights.weights().byteSize() + " and "
                    + weights.scales().byteSize());
        }
        if (bias != null && bias.length < shape.paddedOutputs()) {
            throw new IllegalArgumentException("a bias of " + bias.length + " for " + shape);
        }
    }

    @Override
    public void layerNorm(Matrix x, float[] gain, float[] bias, float epsilon, Matrix y, int rows) {
        java.layerNorm(x, gain, bias, epsilon, y, rows);
    }

    @Override
    public void attend(Matrix qkv, AttentionBatch batch, KeyValueLayout layout, int layer, float scale, Matrix out) {
        java.attend(qkv, batch, layout, layer, scale, out);
    }

    @Override
    public void unpackRow(PackedMatrix weights, int output, float[] destination, int offset) {
        java.unpackRow(weights, output, destination, offset);
    }
}
