package dev.confab.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** A set of kernels: one way to do the arithmetic on this machine. Immutable; usable from any thread. */
public interface Kernels {
    /** The set's name, such as {@code scalar} or {@code vector-512}. */
    String name();

    /**
     * Names the layout that this set packs weights in. Packed files of equal names are interchangeable between machines
     * of the same byte order.
     */
    String layout();

    /** What this set has measured on this machine and chose its paths by, a line for each; most sets have no choice. */
    default List<String> decisions() {
        return List.of();
    }

    /**
     * Converts weights to this set's layout.
     *
     * @param source the weights
     * @param format their new format
     * @param weights receives {@link PackedShape#weightBytes()}, aligned to 64 bytes
     * @param scales receives {@link PackedShape#scaleBytes()}, aligned to 64 bytes
     * @param pool shares the work
     */
    PackedMatrix pack(
            MatrixSource source, WeightFormat format, MemorySegment weights, MemorySegment scales, WorkerPool pool);

    /**
     * Operations that run on these workers.
     *
     * @param positions the longest sequence that will be attended to
     */
    Operations operations(WorkerPool pool, int positions);

    /** General products that run on these workers. */
    Gemm gemm(WorkerPool pool);

    /** Loops over rows. */
    RowKernels rows();

    /**
     * Reads memory as fast as this set can, which tells how close a kernel comes to the machine's limit.
     *
     * @param memory its bytes {@code [from, to)} are read, both multiples of 256
     * @return a sum of them, so that no reading can be left out
     */
    long read(MemorySegment memory, long from, long to);
}
