package dev.confab.kernels.onednn;

import dev.confab.engine.tensor.JavaKernels;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.MatrixSource;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;

/** Activations and weights by chance, between -1 and 1. */
final class Matrices {
    static final JavaKernels JAVA = (JavaKernels) KernelSets.of("vector");

    private Matrices() {}

    static Matrix random(int rows, int columns, SplittableRandom random) {
        Matrix matrix = Matrix.zeros(rows, columns);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                matrix.data()[matrix.offset(r) + c] = 2 * random.nextFloat() - 1;
            }
        }
        return matrix;
    }

    static PackedMatrix pack(WeightFormat format, int outputs, int inputs, SplittableRandom random, WorkerPool pool) {
        Matrix values = random(outputs, inputs, random);
        var shape = new PackedShape(outputs, inputs, format);
        Arena arena = Arena.ofAuto();
        var source = new MatrixSource(outputs, inputs, (first, count, tile, stride) -> {
            for (int o = 0; o < count; o++) {
                for (int i = 0; i < inputs; i++) {
                    tile[i * stride + o] = values.data()[values.offset(first + o) + i];
                }
            }
        });
        return JAVA.pack(
                source, format, arena.allocate(shape.weightBytes(), 64), arena.allocate(shape.scaleBytes(), 64), pool);
    }
}
