package dev.confab.kernels.onednn;

import static dev.confab.kernels.onednn.PanelVectors.FLOATS;
import static dev.confab.kernels.onednn.PanelVectors.LANES;
import static dev.confab.kernels.onednn.PanelVectors.ORDER;

import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The rows that a product multiplies, off the heap and rounded as an {@link Arithmetic} wants them. Reused from call to
 * call; one thread at a time, which shares the work with a pool.
 *
 * <p>For {@link Arithmetic#INT8} each group of 64 inputs of a row has a scale of its own, so that GPT-2's few very large
 * activations spoil only their neighbours, and every block of rows is followed by one of ones: its products are the sums of
 * the weights, which take back that all activations were made positive.
 */
final class ActivationRows implements WorkerPool.Task {
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(Math.max(64, 16 * LANES)));
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, 8 * LANES)));
    private static final int GROUP = WeightFormat.GROUP;
    /** Adding it to a float below 2^22 leaves the nearest integer in the lowest bits: 1.5 * 2^23. */
    private static final float ROUNDING = 12_582_912f;

    private static final long EIGHT_ONES = 0x01_01_01_01_01_01_01_01L;

    /** Handing out fewer numbers would cost more than it saves. */
    private static final int WORTH_SHARING = 1 << 14;

    /** What is added to 8-bit activations is two to this power. */
    private final int shift;

    private Arithmetic arithmetic = Arithmetic.F32;
    private float[] x = {};
    private int stride;
    private int inputs;
    private int rowsPerBlock;
    private MemorySegment memory = MemorySegment.NULL;
    private float[] scales = {};

    /**
     * Makes room for nothing yet.
     *
     * @param exactIntegers whether the processor adds up products of 8-bit integers exactly; if not, activations get 7
     *     bits, with which the sums of pairs stay within 16
     */
    ActivationRows(boolean exactIntegers) {
        shift = exactIntegers ? 7 : 6;
    }

    /** Takes rows over. */
    void set(Arithmetic how, Matrix matrix, int columns, int rows, WorkerPool pool) {
        arithmetic = how;
        x = matrix.data();
        stride = matrix.stride();
        inputs = columns;
        rowsPerBlock = how.mostRows();
        // One row more than is used: what oneDNN counts as a tensor's memory ends with a whole stride.
        long reserved = Math.ceilDiv(rows, rowsPerBlock) * (rowsPerBlock + 1L) + 1;
        reserve(reserved * inputs * how.sourceBytes());
        if (how == Arithmetic.INT8 && scales.length < rows * (inputs / GROUP)) {
            scales = new float[rows * (inputs / GROUP)];
        }
        if ((long) rows * inputs < WORTH_SHARING) {
            run(0, rows, 0);
        } else {
            pool.run(rows, this);
        }
    }

    private void reserve(long bytes) {
        if (memory.byteSize() < bytes) {
            memory = Arena.ofAuto().allocate(bytes, 64);
        }
    }

    @Override
    public void run(int from, int to, int worker) {
        for (int row = from; row < to; row++) {
            long target = offset(row);
            switch (arithmetic.activations()) {
                case INT8 -> {
                    for (int g = 0; g < inputs; g += GROUP) {
                        scales[(row * inputs + g) / GROUP] = quantize(row * stride + g, target + g);
                    }
                }
                case BF16 -> roundRow(row * stride, target);
                case F32, AUTO -> MemorySegment.copy(x, row * stride, memory, ValueLayout.JAVA_FLOAT, target, inputs);
            }
        }
    }

    /** Where a row begins, in bytes. */
    long offset(int row) {
        long index = arithmetic == Arithmetic.INT8 ? row + row / rowsPerBlock : row;
        return index * inputs * arithmetic.sourceBytes();
    }

    /** Makes the row behind {@code rows} rows of a block one of ones. */
    void putOnesBehind(int firstRow, int rows) {
        long from = offset(firstRow) + (long) rows * inputs;
        // Filling a slice would make an object for it.
        for (long at = from; at < from + inputs; at += Long.BYTES) {
            memory.set(ValueLayout.JAVA_LONG, at, EIGHT_ONES);
        }
    }

    MemorySegment memory() {
        return memory;
    }

    /** The scales of 8-bit activations, {@code [row][inputs / 64]}. */
    float[] scales() {
        return scales;
    }

    /** What was added to 8-bit activations, as a power of two. */
    int shift() {
        return shift;
    }

    private float quantize(int from, long to) {
        FloatVector most = FloatVector.zero(FLOATS);
        for (int i = 0; i < GROUP; i += LANES) {
            most = most.max(FloatVector.fromArray(FLOATS, x, from + i).lanewise(VectorOperators.ABS));
        }
        float largest = most.reduceLanes(VectorOperators.MAX);
        int last = (1 << shift) - 1;
        float inverse = largest == 0 ? 0 : last / largest;
        int lowest = Float.floatToRawIntBits(ROUNDING) - (1 << shift);
        for (int i = 0; i < GROUP; i += LANES) {
            FloatVector scaled =
                    FloatVector.fromArray(FLOATS, x, from + i).mul(inverse).add(ROUNDING);
            IntVector q = scaled.reinterpretAsInts().sub(lowest);
            ((ByteVector) q.convertShape(VectorOperators.I2B, BYTES, 0)).intoMemorySegment(memory, to + i, ORDER);
        }
        return largest / last;
    }

    /** To the nearest bf16, ties to even. */
    private void roundRow(int from, long to) {
        for (int i = 0; i < inputs; i += LANES) {
            IntVector bits = FloatVector.fromArray(FLOATS, x, from + i).reinterpretAsInts();
            IntVector odd = bits.lanewise(VectorOperators.LSHR, 16).and(1);
            IntVector rounded = bits.add(odd).add(0x7FFF).lanewise(VectorOperators.LSHR, 16);
            ((ShortVector) rounded.convertShape(VectorOperators.I2S, SHORTS, 0))
                    .intoMemorySegment(memory, to + 2L * i, ORDER);
        }
    }
}
