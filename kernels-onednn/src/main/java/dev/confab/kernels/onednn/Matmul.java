package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.WeightFormat;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A product of some rows with some inputs of one panel, compiled by oneDNN for exactly these sizes, and its arguments for
 * each worker. Immutable but for those: every worker uses its own {@link MatmulCall}.
 *
 * <p>Sizes, as oneDNN sees them: rows {@code [rows, inputs]} times panel {@code [inputs, width]} is
 * {@code [rows, width]}. {@link Arithmetic#INT8} makes one such product for each group of 64 inputs.
 */
final class Matmul {
    /** Code that is there for completeness' sake, a hundred times slower, has such a name. */
    private static final String REFERENCE = "ref";

    private static final int GROUP = WeightFormat.GROUP;

    private final int rows;
    private final String implementation;
    private final List<MatmulCall> calls;

    private Matmul(int rows, String implementation, List<MatmulCall> calls) {
        this.rows = rows;
        this.implementation = implementation;
        this.calls = calls;
    }

    /**
     * Plans and compiles a product; its objects live as long as {@code objects}.
     *
     * @param rows how many rows; with {@link Arithmetic#INT8} one more is multiplied, which is all ones
     * @param inputs how many inputs of the panel: a multiple of 64
     * @param stride from one row to the next, in numbers
     * @param width outputs of the panel
     * @param workers for how many threads
     * @return empty if oneDNN has no good code for it on this processor
     */
    static Optional<Matmul> create(
            Dnnl dnnl,
            NativeObjects objects,
            Arithmetic arithmetic,
            int rows,
            int inputs,
            int stride,
            int width,
            int workers) {
        if (rows < 1 || inputs < 1 || inputs % GROUP != 0 || stride < inputs || width < 1) {
            throw new IllegalArgumentException("a product of [" + rows + ", " + inputs + "] with a panel of " + width);
        }
        dnnl.useOneThread();
        var parts = new Parts(arithmetic, rows, inputs, stride, width);
        MemorySegment source = objects.descriptor(arithmetic.sourceType(), parts.sourceSizes(), parts.sourceStrides());
        MemorySegment weights = objects.descriptor(arithmetic.weightType(), parts.weightSizes(), parts.weightStrides());
        MemorySegment sums = objects.descriptor(parts.sumType(), parts.sumSizes(), parts.sumStrides());
        MemorySegment attributes = objects.attributes();
        if (arithmetic.scalesWeights()) {
            dnnl.setGroupedScales(attributes, GROUP, arithmetic == Arithmetic.BF16_INT8);
        }
        MemorySegment plan = dnnl.newMatmulPlan(source, weights, sums, attributes);
        if (plan == null) {
            return Optional.empty();
        }
        objects.own("dnnl_primitive_desc_destroy", plan.address());
        String implementation = dnnl.implementation(plan);
        if (implementation.startsWith(REFERENCE)) {
            return Optional.empty();
        }
        long primitive = objects.own("dnnl_primitive_destroy", dnnl.newPrimitive(plan));
        MemorySegment scratch = dnnl.scratchDescriptor(plan);
        List<MatmulCall> calls = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            var call = new MatmulCall(dnnl, objects, primitive, dnnl.size(scratch));
            call.bind(MatmulCall.Argument.SOURCE, source);
            call.bind(MatmulCall.Argument.WEIGHTS, weights);
            call.bind(MatmulCall.Argument.SUMS, sums);
            call.bind(MatmulCall.Argument.SCRATCH, scratch);
            if (arithmetic.scalesWeights()) {
                call.bind(
                        MatmulCall.Argument.SCALES,
                        objects.descriptor(Dnnl.F32, new long[] {inputs / GROUP, width}, new long[] {width, 1}));
            }
            calls.add(call);
        }
        return Optional.of(new Matmul(rows, implementation, List.copyOf(calls)));
    }

    int rows() {
        return rows;
    }

    /** The name of oneDNN's code, such as {@code brg_matmul:avx2}. */
    String implementation() {
        return implementation;
    }

    MatmulCall call(int worker) {
        return calls.get(worker);
    }

    /** Sizes and strides of the three matrices. */
    private record Parts(Arithmetic arithmetic, int rows, int inputs, int stride, int width) {
        private boolean grouped() {
            return arithmetic == Arithmetic.INT8;
        }

        private int groups() {
            return inputs / GROUP;
        }

        long[] sourceSizes() {
            return grouped() ? new long[] {groups(), rows + 1, GROUP} : new long[] {rows, inputs};
        }

        long[] sourceStrides() {
            return grouped() ? new long[] {GROUP, stride, 1} : new long[] {stride, 1};
        }

        long[] weightSizes() {
            return grouped() ? new long[] {groups(), GROUP, width} : new long[] {inputs, width};
        }

        long[] weightStrides() {
            return grouped() ? new long[] {(long) GROUP * width, width, 1} : new long[] {width, 1};
        }

        int sumType() {
            return grouped() ? Dnnl.S32 : Dnnl.F32;
        }

        long[] sumSizes() {
            return grouped() ? new long[] {groups(), rows + 1, width} : new long[] {rows, width};
        }

        long[] sumStrides() {
            return grouped() ? new long[] {(long) (rows + 1) * width, width, 1} : new long[] {width, 1};
        }
    }
}
