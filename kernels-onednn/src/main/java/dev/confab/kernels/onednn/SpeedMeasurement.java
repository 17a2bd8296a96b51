package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.WeightFormat;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures how fast the engine's own kernels and oneDNN multiply a matrix of the size that models have. Takes less
 * than a second for each format and class of rows, or a few where Java still compiles: code is compared that is compiled.
 */
final class SpeedMeasurement {
    private static final int OUTPUTS = 8192;
    private static final int INPUTS = 1024;
    /** A float of 0.19, a bf16 number of 0.19, a byte of 62, nibbles of 14 and 3. */
    private static final byte FILLING = 0x3E;

    private static final long MEASURED_NANOS = 30_000_000;
    private static final int LEAST_RUNS = 3;

    private final Operations java;
    private final PanelProducts products;

    SpeedMeasurement(Operations java, PanelProducts products) {
        this.java = java;
        this.products = products;
    }

    /** Measures all paths that can multiply weights of a format. */
    Speeds of(WeightFormat format, RowClass rowClass) {
        int rows = rowClass.typical();
        var shape = new PackedShape(OUTPUTS, INPUTS, format);
        Map<String, Double> speeds = new LinkedHashMap<>();
        try (Arena arena = Arena.ofShared()) {
            var weights = new PackedMatrix(
                    shape,
                    arena.allocate(shape.weightBytes(), 64).fill(FILLING),
                    arena.allocate(shape.scaleBytes(), 64).fill(FILLING));
            Matrix x = Matrix.zeros(rows, INPUTS);
            Arrays.fill(x.data(), 0.1f);
            Matrix y = Matrix.zeros(rows, OUTPUTS);
            double operations = 2.0 * rows * OUTPUTS * INPUTS;
            speeds.put(
                    Speeds.JAVA,
                    operations
                            / leastNanos(
                                    () -> java.multiply(weights, null, x, y, rows, Into.REPLACE, Activation.IDENTITY)));
            for (Arithmetic arithmetic : Arithmetic.of(format, ActivationFormat.INT8)) {
                if (products.supports(arithmetic, rows, INPUTS)) {
                    speeds.put(
                            arithmetic.label(),
                            operations
                                    / leastNanos(() -> products.multiply(
                                            arithmetic, weights, null, x, y, rows, Into.REPLACE, Activation.IDENTITY)));
                }
            }
        }
        return new Speeds(speeds);
    }

    private static double leastNanos(Runnable work) {
        WarmUp.run(work, System::nanoTime);
        long least = Long.MAX_VALUE;
        long begin = System.nanoTime();
        for (int runs = 0; runs < LEAST_RUNS || System.nanoTime() - begin < MEASURED_NANOS; runs++) {
            long start = System.nanoTime();
            work.run();
            least = Math.min(least, System.nanoTime() - start);
        }
        return least;
    }
}
