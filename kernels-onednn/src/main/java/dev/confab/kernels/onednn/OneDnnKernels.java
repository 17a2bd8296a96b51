package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.Gemm;
import dev.confab.engine.tensor.JavaKernels;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.MatrixSource;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;

/** The engine's vector kernels, with oneDNN for what it does faster. Immutable; usable from any thread. */
final class OneDnnKernels implements Kernels {
    private final JavaKernels base;
    private final Dnnl dnnl;
    private final ActivationFormat activations;
    private final Paths paths;
    private final String name;

    OneDnnKernels(JavaKernels base, Dnnl dnnl, ActivationFormat activations, Paths paths) {
        this.base = base;
        this.dnnl = dnnl;
        this.activations = activations;
        this.paths = paths;
        name = "onednn-" + dnnl.instructions();
    }

    @Override
    public String name() {
        return name;
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
        return new OneDnnOperations(base, dnnl, activations, paths, machine(), pool, positions);
    }

    @Override
    public Gemm gemm(WorkerPool pool) {
        Gemm java = base.gemm(pool);
        // The small products of single workers, in attention, are not worth a native call each.
        return new Gemm(
                new GemmOnOneDnn(dnnl, pool),
                IntStream.range(0, pool.workers()).mapToObj(java::worker).toList());
    }

    @Override
    public RowKernels rows() {
        return base.rows();
    }

    @Override
    public long read(MemorySegment memory, long from, long to) {
        return base.read(memory, from, to);
    }

    @Override
    public List<String> decisions() {
        return paths.decisions(machine());
    }

    /** What speeds depend on, beside the number of threads. */
    private String machine() {
        return ProcessorFeatures.ofThisMachine().name() + ", " + name;
    }
}
