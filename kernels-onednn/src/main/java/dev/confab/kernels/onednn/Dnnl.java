package dev.confab.kernels.onednn;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.confab.engine.error.ConfabException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * oneDNN's C interface, as much of it as matrix products need. Numbers and argument orders are those of {@code dnnl.h} and
 * {@code dnnl_types.h}, version 3.11. Immutable; usable from any thread.
 *
 * <p>Arguments are not checked here, and a wrong one can end the process: {@link MatmulCall} and {@link
 * GemmOnOneDnn} check what they are given.
 */
@SuppressWarnings("restricted") // this is where native code is called
final class Dnnl {
    static final int BF16 = 2;
    static final int F32 = 3;
    static final int S32 = 4;
    static final int S8 = 5;
    static final int U8 = 6;

    static final int SOURCE = 1;
    static final int DESTINATION = 17;
    static final int WEIGHTS = 33;
    static final int SCRATCHPAD = 80;
    static final int WEIGHT_SCALES = 4096 | WEIGHTS;

    private static final int SUCCESS = 0;
    private static final int UNIMPLEMENTED = 3;
    private static final int CPU = 1;
    private static final int IN_ORDER = 1;
    private static final int SCRATCHPAD_OF_USER = 1;
    private static final int STRICT_MATH = 0;
    private static final int BF16_MATH = 1;
    private static final int QUERY_IMPLEMENTATION = 8;
    private static final int QUERY_SCRATCHPAD = 136;
    /** One scale for each group of inputs and output: both dimensions of the weights count. */
    private static final int SCALES_IN_BOTH_DIMENSIONS = 0b11;

    private static final byte TRANSPOSED = 'T';
    private static final byte AS_IT_IS = 'N';

    private static final int LONGEST_NAME = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle STATUS_OF_POINTER = status(ADDRESS);
    private static final MethodHandle STATUS_OF_2_POINTERS = status(ADDRESS, ADDRESS);
    private static final MethodHandle STATUS_OF_POINTER_INT = status(ADDRESS, JAVA_INT);
    private static final MethodHandle STATUS_OF_POINTER_2_INTS = status(ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle STATUS_OF_POINTER_INT_LONG = status(ADDRESS, JAVA_INT, JAVA_LONG);
    private static final MethodHandle STATUS_OF_2_POINTERS_INT = status(ADDRESS, ADDRESS, JAVA_INT);
    private static final MethodHandle STATUS_OF_4_POINTERS = status(ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle STATUS_OF_DESCRIPTOR = status(ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    private static final MethodHandle STATUS_OF_SCALES =
            status(ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle STATUS_OF_MATMUL =
            status(ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle STATUS_OF_QUERY = status(ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle POINTER_OF_QUERY =
            LINKER.downcallHandle(FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle LONG_OF_POINTER =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_LONG, ADDRESS));
    private static final MethodHandle INT_OF_NOTHING = LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT));
    /** Takes no time, so that Java need not be told that the thread is away. */
    private static final MethodHandle NOTHING_OF_INT =
            LINKER.downcallHandle(FunctionDescriptor.ofVoid(JAVA_INT), Linker.Option.critical(false));

    private static final MethodHandle SET_HANDLE =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
    private static final MethodHandle EXECUTE =
            LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));

    /** Reads and writes Java's arrays where they lie; no collection can move them meanwhile. */
    private static final MethodHandle SGEMM = LINKER.downcallHandle(
            FunctionDescriptor.of(
                    JAVA_INT,
                    JAVA_BYTE,
                    JAVA_BYTE,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_LONG,
                    JAVA_FLOAT,
                    ADDRESS,
                    JAVA_LONG,
                    ADDRESS,
                    JAVA_LONG,
                    JAVA_FLOAT,
                    ADDRESS,
                    JAVA_LONG),
            Linker.Option.critical(true));

    private static @Nullable Dnnl loaded;

    private final SymbolLookup symbols;
    private final MemorySegment setHandle;
    private final MemorySegment execute;
    private final MemorySegment sgemm;
    private final MemorySegment setThreads;
    private final MemorySegment engine;

    private Dnnl(Path library) {
        symbols = SymbolLookup.libraryLookup(library, Arena.global());
        setHandle = symbol("dnnl_memory_set_data_handle");
        execute = symbol("dnnl_primitive_execute");
        sgemm = symbol("dnnl_sgemm");
        // Looked up through oneDNN, so that it is the OpenMP which oneDNN itself has found.
        setThreads = symbol("omp_set_num_threads");
        useOneThread();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check("dnnl_engine_create", (int)
                    STATUS_OF_POINTER_INT_LONG.invokeExact(symbol("dnnl_engine_create"), made, CPU, 0L));
            engine = made.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * The library, unpacked to its folder and loaded when it is asked for first.
     *
     * @throws ConfabException if it cannot be loaded
     */
    static Dnnl load() {
        return load(NativeLibrary.cacheFolder());
    }

    static synchronized Dnnl load(Path folder) {
        if (loaded == null) {
            Path library = NativeLibrary.in(folder);
            try {
                loaded = new Dnnl(library);
            } catch (IllegalArgumentException | UnsatisfiedLinkError | IllegalCallerException e) {
                throw new ConfabException(
                        "oneDNN: " + library + " cannot be loaded (" + e.getMessage()
                                + "); it needs glibc 2.34 and libstdc++, and Java's --enable-native-access",
                        e);
            }
        }
        return loaded;
    }

    /** Has the calling thread compute alone in all later calls: the engine's pool has the other threads. */
    void useOneThread() {
        try {
            NOTHING_OF_INT.invokeExact(setThreads, 1);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The instructions that the library uses, such as {@code avx512_core_bf16}. */
    String instructions() {
        int isa;
        try {
            isa = (int) INT_OF_NOTHING.invokeExact(symbol("dnnl_get_effective_cpu_isa"));
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return InstructionSets.name(isa);
    }

    /** An owner of the order of calls; one for each thread. */
    long newStream() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check("dnnl_stream_create", (int)
                    STATUS_OF_2_POINTERS_INT.invokeExact(symbol("dnnl_stream_create"), made, engine, IN_ORDER));
            return made.get(ADDRESS, 0).address();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Describes a tensor by its sizes and the distances between neighbours, in elements. */
    MemorySegment newDescriptor(int type, long[] sizes, long[] strides) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check("dnnl_memory_desc_create_with_strides", (int) STATUS_OF_DESCRIPTOR.invokeExact(
                    symbol("dnnl_memory_desc_create_with_strides"),
                    made,
                    sizes.length,
                    arena.allocateFrom(JAVA_LONG, sizes),
                    type,
                    arena.allocateFrom(JAVA_LONG, strides)));
            return made.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Attributes of a product whose scratch memory its caller brings. */
    MemorySegment newAttributes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check("dnnl_primitive_attr_create", (int)
                    STATUS_OF_POINTER.invokeExact(symbol("dnnl_primitive_attr_create"), made));
            MemorySegment attributes = made.get(ADDRESS, 0);
            check("dnnl_primitive_attr_set_scratchpad_mode", (int) STATUS_OF_POINTER_INT.invokeExact(
                    symbol("dnnl_primitive_attr_set_scratchpad_mode"), attributes, SCRATCHPAD_OF_USER));
            return attributes;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Says that integer weights become floats on their way.
     *
     * @param group inputs that share a scale
     * @param bf16 whether they may become bf16 rather than f32
     */
    void setGroupedScales(MemorySegment attributes, int group, boolean bf16) {
        try (Arena arena = Arena.ofConfined()) {
            check("dnnl_primitive_attr_set_scales", (int) STATUS_OF_SCALES.invokeExact(
                    symbol("dnnl_primitive_attr_set_scales"),
                    attributes,
                    WEIGHTS,
                    SCALES_IN_BOTH_DIMENSIONS,
                    2,
                    arena.allocateFrom(JAVA_LONG, group, 1),
                    F32));
            check("dnnl_primitive_attr_set_fpmath_mode_v2", (int) STATUS_OF_POINTER_2_INTS.invokeExact(
                    symbol("dnnl_primitive_attr_set_fpmath_mode_v2"), attributes, bf16 ? BF16_MATH : STRICT_MATH, 1));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /**
     * Plans a product.
     *
     * @return null if the library has no code for it on this processor
     */
    @Nullable
    MemorySegment newMatmulPlan(
            MemorySegment source, MemorySegment weights, MemorySegment destination, MemorySegment attributes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            int status = (int) STATUS_OF_MATMUL.invokeExact(
                    symbol("dnnl_matmul_primitive_desc_create"),
                    made,
                    engine,
                    source,
                    weights,
                    MemorySegment.NULL,
                    destination,
                    attributes);
            if (status == UNIMPLEMENTED) {
                return null;
            }
            check("dnnl_matmul_primitive_desc_create", status);
            return made.get(ADDRESS, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The name of the code that a plan has found, such as {@code brg_matmul:avx2}. */
    String implementation(MemorySegment plan) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(ADDRESS);
            check("dnnl_primitive_desc_query", (int) STATUS_OF_QUERY.invokeExact(
                    symbol("dnnl_primitive_desc_query"), plan, QUERY_IMPLEMENTATION, 0, name));
            return name.get(ADDRESS, 0).reinterpret(LONGEST_NAME).getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Describes the scratch memory of a plan; belongs to the plan. */
    MemorySegment scratchDescriptor(MemorySegment plan) {
        try {
            return (MemorySegment)
                    POINTER_OF_QUERY.invokeExact(symbol("dnnl_primitive_desc_query_md"), plan, QUERY_SCRATCHPAD, 0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** How many bytes a tensor takes. */
    long size(MemorySegment descriptor) {
        try {
            return (long) LONG_OF_POINTER.invokeExact(symbol("dnnl_memory_desc_get_size"), descriptor);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Compiles a plan. */
    long newPrimitive(MemorySegment plan) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check("dnnl_primitive_create", (int)
                    STATUS_OF_2_POINTERS.invokeExact(symbol("dnnl_primitive_create"), made, plan));
            return made.get(ADDRESS, 0).address();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A tensor whose memory is named later. */
    long newMemory(MemorySegment descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ADDRESS);
            check("dnnl_memory_create", (int) STATUS_OF_4_POINTERS.invokeExact(
                    symbol("dnnl_memory_create"), made, descriptor, engine, MemorySegment.NULL));
            return made.get(ADDRESS, 0).address();
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Names the memory of a tensor. */
    void setHandle(long memory, long address) {
        int status;
        try {
            status = (int) SET_HANDLE.invokeExact(setHandle, memory, address);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        check("dnnl_memory_set_data_handle", status);
    }

    /** Runs a product on the calling thread. */
    void execute(long primitive, long stream, int count, long arguments) {
        int status;
        try {
            status = (int) EXECUTE.invokeExact(execute, primitive, stream, count, arguments);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        check("dnnl_primitive_execute", status);
    }

    /**
     * Computes {@code C = A B + beta C} on the calling thread; matrices lie row after row. Neither sizes nor arrays are
     * checked.
     */
    void sgemm(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            MemorySegment a,
            int aStride,
            MemorySegment b,
            int bStride,
            float beta,
            MemorySegment c,
            int cStride) {
        int status;
        try {
            status = (int) SGEMM.invokeExact(
                    sgemm,
                    transposeA ? TRANSPOSED : AS_IT_IS,
                    transposeB ? TRANSPOSED : AS_IT_IS,
                    (long) m,
                    (long) n,
                    (long) k,
                    1f,
                    a,
                    (long) aStride,
                    b,
                    (long) bStride,
                    beta,
                    c,
                    (long) cStride);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        check("dnnl_sgemm", status);
    }

    /** Gives an object back with the function of this name, such as {@code dnnl_memory_destroy}. */
    void destroy(String function, long object) {
        try {
            check(function, (int) STATUS_OF_POINTER.invokeExact(symbol(function), MemorySegment.ofAddress(object)));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private MemorySegment symbol(String name) {
        return symbols.find(name)
                .orElseThrow(() -> new ConfabException(
                        "oneDNN: the library has no function " + name + "; is it another version than 3.11?"));
    }

    private static MethodHandle status(MemoryLayout... arguments) {
        return LINKER.downcallHandle(FunctionDescriptor.of(JAVA_INT, arguments));
    }

    private static void check(String function, int status) {
        if (status != SUCCESS) {
            throw new ConfabException("oneDNN: " + function + " failed with status " + status);
        }
    }

    private static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(thrown);
        };
    }
}
