package dev.confab.kernels.onednn;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A worker's arguments for a {@link Matmul}, written once; a call names the memory that they stand for. Every piece of
 * memory is checked against the size that oneDNN will read or write. One thread at a time; nothing is allocated.
 */
final class MatmulCall {
    /** What a product reads and writes. */
    enum Argument {
        SOURCE(0, Dnnl.SOURCE),
        WEIGHTS(1, Dnnl.WEIGHTS),
        SUMS(2, Dnnl.DESTINATION),
        SCRATCH(3, Dnnl.SCRATCHPAD),
        SCALES(4, Dnnl.WEIGHT_SCALES);

        private final int index;
        private final int number;

        Argument(int index, int number) {
            this.index = index;
            this.number = number;
        }
    }

    /** {@code dnnl_exec_arg_t}: a number, padded, and a pointer. */
    private static final MemoryLayout LAYOUT =
            MemoryLayout.structLayout(ValueLayout.JAVA_INT, MemoryLayout.paddingLayout(4), ValueLayout.JAVA_LONG);

    private static final int MOST = Argument.values().length;

    private final Dnnl dnnl;
    private final NativeObjects objects;
    private final long primitive;
    private final long scratchBytes;
    private final MemorySegment arguments;
    private final long[] memories = new long[MOST];
    private final long[] sizes = new long[MOST];
    private int count;

    MatmulCall(Dnnl dnnl, NativeObjects objects, long primitive, long scratchBytes) {
        this.dnnl = dnnl;
        this.objects = objects;
        this.primitive = primitive;
        this.scratchBytes = scratchBytes;
        arguments = objects.allocate(LAYOUT.byteSize() * MOST);
    }

    /** Adds an argument. */
    void bind(Argument argument, MemorySegment descriptor) {
        long memory = objects.own("dnnl_memory_destroy", dnnl.newMemory(descriptor));
        arguments.set(ValueLayout.JAVA_INT, count * LAYOUT.byteSize(), argument.number);
        arguments.set(ValueLayout.JAVA_LONG, count * LAYOUT.byteSize() + Long.BYTES, memory);
        memories[argument.index] = memory;
        sizes[argument.index] = dnnl.size(descriptor);
        count++;
    }

    /** Scratch memory that a call needs. */
    long scratchBytes() {
        return scratchBytes;
    }

    /** Memory that the sums take. */
    long sumBytes() {
        return sizes[Argument.SUMS.index];
    }

    /**
     * Names the memory of an argument, from an offset.
     *
     * @throws IllegalArgumentException if it is smaller than what would be read or written, or no longer there
     */
    void set(Argument argument, MemorySegment memory, long offset) {
        long size = sizes[argument.index];
        if (offset < 0
                || memory.byteSize() - offset < size
                || !memory.isNative()
                || !memory.scope().isAlive()) {
            throw new IllegalArgumentException(
                    "oneDNN would use " + size + " bytes of " + argument + " at " + offset + " of " + memory);
        }
        dnnl.setHandle(memories[argument.index], memory.address() + offset);
    }

    /** Computes on the calling thread. */
    void execute(long stream) {
        dnnl.execute(primitive, stream, count, arguments.address());
    }
}
