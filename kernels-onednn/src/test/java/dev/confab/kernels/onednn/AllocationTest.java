package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.confab.engine.Fixtures;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.Gpt2Loader;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Once code is compiled and sizes have been seen, neither the calling thread nor a worker allocates anything. */
final class AllocationTest {
    private static final int CALLS = 100;
    /** What counting takes itself; an object for each call would be 16 bytes for each. */
    private static final long MOST_BYTES = 5 * CALLS;
    /** Interpreted vectors are objects; compiled ones are not. How soon all are compiled is up to the machine. */
    private static final Duration TIME_TO_COMPILE = Duration.ofMinutes(1);

    private static final String WORKERS = "confab-worker-";

    @ParameterizedTest
    @EnumSource
    void productsOfSeveralRowsAllocateNothing(WeightFormat format) {
        var random = new SplittableRandom(3);
        try (var pool = new WorkerPool(2)) {
            var products = new PanelProducts(Dnnl.load(), pool, Matrices.JAVA.panels(), Matrices.JAVA.rows(), pool);
            // 1100 inputs take two pieces with integers, 130 rows two blocks; the workers share their rounding.
            PackedMatrix weights = Matrices.pack(format, 130, 1100, random, pool);
            float[] bias = new float[weights.shape().paddedOutputs()];
            Matrix x = Matrices.random(130, 1100, random);
            Matrix y = Matrix.zeros(130, 130);
            for (Arithmetic arithmetic : Arithmetic.of(format, ActivationFormat.INT8)) {
                if (!products.supports(arithmetic, 4, 64)) {
                    continue;
                }
                for (int rows : new int[] {2, 8, 130}) {
                    long bytes = leastBytes(() -> products.multiply(
                            arithmetic, weights, bias, x, y, rows, Into.REPLACE, Activation.GELU_NEW));
                    System.out.printf("%s, %d rows: %d bytes in %d products%n", arithmetic.label(), rows, bytes, CALLS);
                    assertThat(bytes).as("%s, %d rows", arithmetic, rows).isLessThan(MOST_BYTES);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"F32,F32", "BF16,BF16", "Q8,F32", "Q8,BF16", "Q8,INT8", "Q4,F32", "Q4,INT8"})
    void aTokenOfEightSequencesAllocatesNothing(WeightFormat weights, ActivationFormat activations) {
        var options = Models.options(weights, Models.onOneDnn(activations));
        try (Gpt2 model = Gpt2Loader.load(Fixtures.model("tiny-b/st-f32"), options)) {
            var batch = new ForwardBatch();
            int[] tokens = new SplittableRandom(6).ints(6, 0, 777).toArray();
            KeyValueCache[] caches = Stream.generate(model::newCache).limit(8).toArray(KeyValueCache[]::new);
            for (KeyValueCache cache : caches) {
                batch.add(cache, tokens, 0, 5, 1);
            }
            model.forward(batch);
            long bytes = leastBytes(() -> {
                batch.clear();
                for (KeyValueCache cache : caches) {
                    cache.truncate(5);
                    batch.add(cache, tokens, 5, 6, 1);
                }
                model.forward(batch);
            });
            System.out.printf("%s weights, %s: %d bytes in %d passes%n", weights, activations, bytes, CALLS);
            assertThat(bytes).isLessThan(MOST_BYTES);
        }
    }

    /** What the caller and all workers allocate in the most frugal of many rounds. */
    private static long leastBytes(Runnable work) {
        long[] threads = LongStream.concat(
                        LongStream.of(Thread.currentThread().threadId()),
                        Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> thread.getName().startsWith(WORKERS))
                                .mapToLong(Thread::threadId))
                .toArray();
        assertThat(threads).as("the caller and a worker at least").hasSizeGreaterThan(1);
        var counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        long end = System.nanoTime() + TIME_TO_COMPILE.toNanos();
        while (least >= MOST_BYTES && System.nanoTime() - end < 0) {
            long[] before = counter.getThreadAllocatedBytes(threads);
            for (int i = 0; i < CALLS; i++) {
                work.run();
            }
            long[] after = counter.getThreadAllocatedBytes(threads);
            long bytes = IntStream.range(0, threads.length)
                    .filter(i -> before[i] >= 0 && after[i] >= 0)
                    .mapToLong(i -> after[i] - before[i])
                    .sum();
            least = Math.min(least, bytes);
        }
        return least;
    }
}
