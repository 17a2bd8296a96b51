package dev.confab.benchmarks;

import dev.confab.engine.tensor.AttentionBatch;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.KeyValueFormat;
import dev.confab.engine.tensor.KeyValueLayout;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.Processors;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Attention and layer norm of one layer of DialoGPT-medium, for the next token of a reply and for a part of a prompt. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class AttentionBenchmark {
    private static final int POSITIONS = 1024;
    private static final int HEADS = 16;
    private static final int HEAD_SIZE = 64;
    private static final int HIDDEN = HEADS * HEAD_SIZE;

    /** The format of keys and values. */
    @Param({"BF16", "F32"})
    public KeyValueFormat format = KeyValueFormat.BF16;

    /** How many new tokens there are. */
    @Param({"1", "256"})
    public int rows;

    /** How many tokens come before them. */
    @Param({"0", "700"})
    public int context;

    private final Arena arena = Arena.ofShared();
    private final WorkerPool pool = new WorkerPool(Processors.physicalCores());
    private final Operations operations = KernelSets.best().operations(pool, POSITIONS);
    private final float[] ones = new float[HIDDEN];
    private KeyValueLayout layout = new KeyValueLayout(1, HEADS, HEAD_SIZE, format);
    private MemorySegment[] blocks = {};
    private Matrix qkv = Matrix.zeros(0, 3 * HIDDEN);
    private Matrix out = Matrix.zeros(0, HIDDEN);

    /** For JMH. */
    public AttentionBenchmark() {}

    /** Makes the queries, and room for keys and values. */
    @Setup
    public void prepare() {
        layout = new KeyValueLayout(1, HEADS, HEAD_SIZE, format);
        blocks = new MemorySegment[POSITIONS / KeyValueLayout.POSITIONS];
        Arrays.setAll(blocks, i -> arena.allocate(layout.blockBytes(), 64));
        qkv = Matrix.zeros(rows, 3 * HIDDEN);
        out = Matrix.zeros(rows, HIDDEN);
        var random = new SplittableRandom(1);
        for (int i = 0; i < qkv.data().length; i++) {
            qkv.data()[i] = random.nextFloat() - 0.5f;
        }
        Arrays.fill(ones, 1f);
    }

    /** Ends the threads and frees the memory. */
    @TearDown
    public void close() {
        pool.close();
        arena.close();
    }

    /** Stores the new keys and values, and attends. */
    @Benchmark
    public Matrix attend() {
        operations.attend(qkv, new OneSequence(), layout, 0, 1f, out);
        return out;
    }

    /** Normalises the rows. */
    @Benchmark
    public Matrix layerNorm() {
        operations.layerNorm(out, ones, ones, 1e-5f, out, rows);
        return out;
    }

    private final class OneSequence implements AttentionBatch {
        @Override
        public int segments() {
            return 1;
        }

        @Override
        public int firstRow(int segment) {
            return 0;
        }

        @Override
        public int rows(int segment) {
            return rows;
        }

        @Override
        public int start(int segment) {
            return context;
        }

        @Override
        public MemorySegment block(int segment, int block) {
            return blocks[block];
        }
    }
}
