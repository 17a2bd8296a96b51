package dev.confab.benchmarks;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.MatrixSource;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.Processors;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * One linear layer of 1024 inputs and 65,536 outputs, more than most caches hold, for one row (a conversation), a few (beams)
 * and many (a prompt), in every format.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public class ProductBenchmark {
    private static final int INPUTS = 1024;
    private static final int OUTPUTS = 65_536;

    /** The format of the weights. */
    @Param({"F32", "BF16", "Q8", "Q4"})
    public WeightFormat format = WeightFormat.Q8;

    /** How many rows are multiplied at once. */
    @Param({"1", "4", "16", "256"})
    public int rows;

    private final Arena arena = Arena.ofShared();
    private final WorkerPool pool = new WorkerPool(Processors.physicalCores());
    private final Kernels kernels = KernelSets.best();
    private final Operations operations = kernels.operations(pool, 1);
    private Matrix x = Matrix.zeros(0, INPUTS);
    private Matrix y = Matrix.zeros(0, OUTPUTS);
    private @Nullable PackedMatrix weights;

    /** For JMH. */
    public ProductBenchmark() {}

    /** Packs random weights in the format. */
    @Setup
    public void prepare() {
        x = Matrix.zeros(rows, INPUTS);
        y = Matrix.zeros(rows, OUTPUTS);
        var random = new SplittableRandom(1);
        for (int i = 0; i < x.data().length; i++) {
            x.data()[i] = random.nextFloat() - 0.5f;
        }
        weights = pack();
    }

    private PackedMatrix pack() {
        var shape = new PackedShape(OUTPUTS, INPUTS, format);
        return kernels.pack(
                new MatrixSource(OUTPUTS, INPUTS, ProductBenchmark::readRandom),
                format,
                arena.allocate(shape.weightBytes(), 64),
                arena.allocate(Math.max(64, shape.scaleBytes()), 64),
                pool);
    }

    /** Ends the threads and frees the weights. */
    @TearDown
    public void close() {
        pool.close();
        arena.close();
    }

    /** The layer. */
    @Benchmark
    public Matrix multiply() {
        operations.multiply(Objects.requireNonNull(weights), null, x, y, rows, Into.REPLACE, Activation.IDENTITY);
        return y;
    }

    private static void readRandom(int firstOutput, int count, float[] tile, int stride) {
        var random = new SplittableRandom(firstOutput);
        for (int i = 0; i < INPUTS; i++) {
            for (int o = 0; o < count; o++) {
                tile[i * stride + o] = random.nextFloat() - 0.5f;
            }
        }
    }
}
