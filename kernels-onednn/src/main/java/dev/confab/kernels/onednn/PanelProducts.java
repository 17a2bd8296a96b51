package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.PanelLayout;
import dev.confab.engine.tensor.RowKernels;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Linear layers on oneDNN; an item of the pool's work is a panel. Holds scratch memory: one thread at a time, which shares
 * the work with its pool. Nothing is allocated once a size has been seen.
 */
final class PanelProducts implements WorkerPool.Task {
    /** Inputs that {@link Arithmetic#INT8} multiplies at a time, so that the sums of their groups stay in cache. */
    private static final int INT8_INPUTS = 1024;

    private final Dnnl dnnl;
    private final NativeObjects objects;
    private final MatmulCache matmuls;
    private final PanelLayout layout;
    private final RowKernels rowKernels;
    private final WorkerPool pool;
    private final ActivationRows activations;
    private final long[] streams;
    /** For each worker what oneDNN writes. */
    private final MemorySegment[] sums;
    /** For each worker what oneDNN uses for itself. */
    private final MemorySegment[] scratch;
    /** For each worker a panel of 4-bit weights in 8 bits. */
    private final MemorySegment[] unpacked;

    private Arithmetic arithmetic = Arithmetic.F32;
    private @Nullable PackedMatrix weights;
    private float @Nullable [] bias;
    private @Nullable Matrix y;
    private int rows;
    private int inputs;
    private Into into = Into.REPLACE;
    private Activation activation = Activation.IDENTITY;
    /** {@code [full or last block of rows][full or last piece of inputs]}. */
    private final @Nullable Matmul[][] products = new Matmul[2][2];

    PanelProducts(Dnnl dnnl, Object owner, PanelLayout layout, RowKernels rowKernels, WorkerPool pool) {
        this.dnnl = dnnl;
        this.layout = layout;
        this.rowKernels = rowKernels;
        this.pool = pool;
        objects = new NativeObjects(dnnl, owner);
        matmuls = new MatmulCache(dnnl, objects, layout.width(), pool.workers());
        activations = new ActivationRows(ProcessorFeatures.ofThisMachine().hasVnni());
        streams = new long[pool.workers()];
        Arrays.setAll(streams, i -> objects.stream());
        sums = new MemorySegment[pool.workers()];
        scratch = new MemorySegment[pool.workers()];
        unpacked = new MemorySegment[pool.workers()];
        Arrays.fill(sums, MemorySegment.NULL);
        Arrays.fill(scratch, MemorySegment.NULL);
        Arrays.fill(unpacked, MemorySegment.NULL);
    }

    /** Whether oneDNN has good code for this arithmetic on this processor, with rows of so many inputs. */
    boolean supports(Arithmetic how, int rows, int inputs) {
        return matmuls.find(how, Math.min(rows, how.mostRows()), piece(how, inputs), inputs)
                .isPresent();
    }

    /** A linear layer; sizes were checked. */
    void multiply(
            Arithmetic how,
            PackedMatrix weights,
            float @Nullable [] bias,
            Matrix x,
            Matrix y,
            int rows,
            Into into,
            Activation activation) {
        PackedShape shape = weights.shape();
        this.arithmetic = how;
        this.weights = weights;
        this.bias = bias;
        this.y = y;
        this.rows = rows;
        this.inputs = shape.paddedInputs();
        this.into = into;
        this.activation = activation;
        findProducts();
        activations.set(how, x, inputs, rows, pool);
        if (how == Arithmetic.INT8) {
            for (int row = 0; row < rows; row += how.mostRows()) {
                activations.putOnesBehind(row, product(rows - row, 0).rows());
            }
        }
        pool.run(layout.count(shape), this);
    }

    private static int piece(Arithmetic how, int inputs) {
        return how == Arithmetic.INT8 ? Math.min(INT8_INPUTS, inputs) : inputs;
    }

    private void findProducts() {
        int piece = piece(arithmetic, inputs);
        int lastPiece = inputs % piece == 0 ? piece : inputs % piece;
        int lastRows = rows % arithmetic.mostRows();
        for (int i = 0; i < 2; i++) {
            int block = i == 0 ? arithmetic.mostRows() : lastRows;
            boolean used = i == 0 ? rows >= block : lastRows > 0;
            products[i][0] = used ? find(block, piece) : null;
            products[i][1] = used && lastPiece != piece ? find(block, lastPiece) : products[i][0];
        }
    }

    private Matmul find(int block, int piece) {
        Matmul found = matmuls.find(arithmetic, block, piece, inputs)
                .orElseThrow(() -> new IllegalStateException("oneDNN cannot multiply " + arithmetic + " here"));
        reserve(found);
        return found;
    }

    private void reserve(Matmul matmul) {
        MatmulCall call = matmul.call(0);
        for (int worker = 0; worker < sums.length; worker++) {
            sums[worker] = atLeast(sums[worker], call.sumBytes());
            scratch[worker] = atLeast(scratch[worker], Math.max(64, call.scratchBytes()));
        }
    }

    private static MemorySegment atLeast(MemorySegment memory, long bytes) {
        return memory.byteSize() >= bytes ? memory : Arena.ofAuto().allocate(bytes, 64);
    }

    /** The product for so many rows that are left, and for the first or the last piece of inputs. */
    private Matmul product(int left, int last) {
        Matmul product = products[left >= arithmetic.mostRows() ? 0 : 1][last];
        if (product == null) {
            throw new IllegalStateException("no product was set");
        }
        return product;
    }

    @Override
    public void run(int from, int to, int worker) {
        PackedMatrix w = weights;
        Matrix target = y;
        if (w == null || target == null) {
            throw new IllegalStateException("no product was set");
        }
        dnnl.useOneThread();
        for (int row = 0; row < rows; row += arithmetic.mostRows()) {
            int count = Math.min(arithmetic.mostRows(), rows - row);
            for (int panel = from; panel < to; panel++) {
                begin(target, panel, row, count);
                multiply(w, panel, target, row, count, worker);
                finish(target, panel, row, count);
            }
        }
    }

    private void multiply(PackedMatrix w, int panel, Matrix target, int row, int count, int worker) {
        int piece = piece(arithmetic, inputs);
        long weightOffset = layout.weightOffset(w.shape(), panel);
        long scaleOffset = layout.scaleOffset(w.shape(), panel);
        MemorySegment panelWeights = w.weights();
        if (w.format() == WeightFormat.Q4) {
            panelWeights = atLeast(unpacked[worker], (long) inputs * layout.width());
            unpacked[worker] = panelWeights;
            Nibbles.unpack(w.weights(), weightOffset, inputs, panelWeights);
            weightOffset = 0;
        }
        for (int input = 0; input < inputs; input += piece) {
            Matmul product = product(rows - row, inputs - input < piece ? 1 : 0);
            MatmulCall call = product.call(worker);
            long scales = scaleOffset + (long) input / WeightFormat.GROUP * layout.width() * Float.BYTES;
            call.set(
                    MatmulCall.Argument.SOURCE,
                    activations.memory(),
                    activations.offset(row) + (long) input * arithmetic.sourceBytes());
            call.set(
                    MatmulCall.Argument.WEIGHTS,
                    panelWeights,
                    weightOffset + (long) input * layout.width() * weightBytes());
            call.set(MatmulCall.Argument.SUMS, sums[worker], 0);
            call.set(MatmulCall.Argument.SCRATCH, scratch[worker], 0);
            if (arithmetic.scalesWeights()) {
                call.set(MatmulCall.Argument.SCALES, w.scales(), scales);
            }
            call.execute(streams[worker]);
            add(w, product, Math.min(piece, inputs - input), input, scales, target, panel, row, count, worker);
        }
    }

    private int weightBytes() {
        return switch (arithmetic) {
            case F32 -> Float.BYTES;
            case BF16, F32_BF16 -> Short.BYTES;
            case INT8, BF16_INT8, F32_INT8 -> Byte.BYTES;
        };
    }

    private void add(
            PackedMatrix w,
            Matmul product,
            int pieceInputs,
            int input,
            long scaleOffset,
            Matrix target,
            int panel,
            int row,
            int count,
            int worker) {
        float[] data = target.data();
        MemorySegment results = sums[worker];
        long rowBytes = (long) layout.width() * Float.BYTES;
        for (int r = 0; r < count; r++) {
            int at = target.offset(row + r) + panel * layout.width();
            switch (arithmetic) {
                case INT8 ->
                    PanelVectors.addScaled(
                            results,
                            pieceInputs / WeightFormat.GROUP,
                            r,
                            product.rows() + 1,
                            activations.shift(),
                            w.scales(),
                            scaleOffset,
                            activations.scales(),
                            ((row + r) * inputs + input) / WeightFormat.GROUP,
                            data,
                            at);
                case BF16, F32_BF16 -> PanelVectors.addInterleaved(results, r * rowBytes, data, at);
                case F32, BF16_INT8, F32_INT8 -> PanelVectors.add(results, r * rowBytes, data, at);
            }
        }
    }

    /** Products are added to what is there; so the bias, or nothing, goes there first. */
    private void begin(Matrix target, int panel, int row, int count) {
        float[] b = bias;
        float[] data = target.data();
        int output = panel * layout.width();
        for (int r = row; r < row + count; r++) {
            int at = target.offset(r) + output;
            if (into == Into.ADD) {
                if (b != null) {
                    for (int i = 0; i < layout.width(); i++) {
                        data[at + i] += b[output + i];
                    }
                }
            } else if (b == null) {
                Arrays.fill(data, at, at + layout.width(), 0f);
            } else {
                System.arraycopy(b, output, data, at, layout.width());
            }
        }
    }

    private void finish(Matrix target, int panel, int row, int count) {
        if (activation != Activation.IDENTITY) {
            for (int r = row; r < row + count; r++) {
                rowKernels.activate(
                        activation, target.data(), target.offset(r) + panel * layout.width(), layout.width());
            }
        }
    }
}
