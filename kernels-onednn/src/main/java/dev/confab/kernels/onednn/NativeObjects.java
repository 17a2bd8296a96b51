package dev.confab.kernels.onednn;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Objects of oneDNN that belong to an owner in Java and are given back when it is garbage, newest first. For one thread at a
 * time.
 */
final class NativeObjects {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Dnnl dnnl;
    private final Remains remains;

    /** Objects that live as long as {@code owner}. */
    NativeObjects(Dnnl dnnl, Object owner) {
        this.dnnl = dnnl;
        remains = new Remains(dnnl);
        CLEANER.register(owner, remains);
    }

    /** Describes a tensor; see {@link Dnnl#newDescriptor}. */
    MemorySegment descriptor(int type, long[] sizes, long[] strides) {
        MemorySegment made = dnnl.newDescriptor(type, sizes, strides);
        own("dnnl_memory_desc_destroy", made.address());
        return made;
    }

    MemorySegment attributes() {
        MemorySegment made = dnnl.newAttributes();
        own("dnnl_primitive_attr_destroy", made.address());
        return made;
    }

    long stream() {
        return own("dnnl_stream_destroy", dnnl.newStream());
    }

    /** Takes care of an object, which is given back with the function of this name. */
    long own(String function, long address) {
        remains.objects.push(new Owned(function, address));
        return address;
    }

    /** Memory of the objects' life, zeroed. */
    MemorySegment allocate(long bytes) {
        return remains.arena.allocate(bytes, 64);
    }

    private record Owned(String destroy, long address) {}

    /** Must not refer to the owner, which would never become garbage. */
    private static final class Remains implements Runnable {
        private final Dnnl dnnl;
        private final Arena arena = Arena.ofShared();
        private final Deque<Owned> objects = new ArrayDeque<>();

        Remains(Dnnl dnnl) {
            this.dnnl = dnnl;
        }

        @Override
        public void run() {
            objects.forEach(object -> dnnl.destroy(object.destroy, object.address));
            arena.close();
        }
    }
}
