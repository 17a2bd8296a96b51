package dev.confab.engine.tensor;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Kernel sets and random matrices for the tests of this package. */
final class TestKernels {
    private TestKernels() {}

    /** All sets of this process; at a forced vector width only the vectors, as nothing else depends on it. */
    static List<Kernels> sets() {
        var sets = new ArrayList<Kernels>();
        if (System.getProperty("confab.vector.bits") == null) {
            sets.add(KernelSets.of("scalar"));
        }
        if (hasVectorModule()) {
            sets.add(KernelSets.of("vector"));
        }
        return sets;
    }

    static boolean hasVectorModule() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** Whether vectors are wider than the processor's, so that Java computes them lane by lane. */
    static boolean isEmulated(Kernels kernels) {
        return kernels.name().startsWith("vector") && WiderThanPreferred.YES;
    }

    /** In a class of its own, so that a JVM without the vector module does not load it. */
    private static final class WiderThanPreferred {
        static final boolean YES =
                VectorShapes.BITS > jdk.incubator.vector.FloatVector.SPECIES_PREFERRED.vectorBitSize();
    }

    static PanelKernels panels(Kernels kernels) {
        return (PanelKernels) kernels;
    }

    /** Numbers from -1 to 1. */
    static float[][] random(int rows, int columns, long seed) {
        var random = new SplittableRandom(seed);
        var values = new float[rows][columns];
        for (float[] row : values) {
            for (int i = 0; i < columns; i++) {
                row[i] = 2 * random.nextFloat() - 1;
            }
        }
        return values;
    }

    static Matrix matrix(float[][] rows) {
        Matrix matrix = Matrix.zeros(rows.length, rows[0].length);
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, matrix.data(), matrix.offset(r), rows[r].length);
        }
        return matrix;
    }

    /** Packs weights {@code [outputs][inputs]}. */
    static PackedMatrix pack(Kernels kernels, float[][] weights, WeightFormat format, WorkerPool pool) {
        var shape = new PackedShape(weights.length, weights[0].length, format);
        Arena arena = Arena.ofAuto();
        return kernels.pack(
                source(weights),
                format,
                arena.allocate(shape.weightBytes(), 64),
                arena.allocate(shape.scaleBytes(), 64),
                pool);
    }

    /** The packed weights as the kernels see them: {@code [outputs][inputs]}. */
    static float[][] unpack(Kernels kernels, PackedMatrix packed, WorkerPool pool) {
        var weights = new float[packed.outputs()][packed.inputs()];
        Operations operations = kernels.operations(pool, 1);
        for (int o = 0; o < weights.length; o++) {
            operations.unpackRow(packed, o, weights[o], 0);
        }
        return weights;
    }

    private static MatrixSource source(float[][] weights) {
        int inputs = weights[0].length;
        return new MatrixSource(weights.length, inputs, (firstOutput, count, tile, stride) -> {
            for (int o = 0; o < count; o++) {
                for (int i = 0; i < inputs; i++) {
                    tile[i * stride + o] = weights[firstOutput + o][i];
                }
            }
        });
    }
}
