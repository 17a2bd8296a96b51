package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.Kernels;
import dev.confab.engine.tensor.Matrix;
import dev.confab.engine.tensor.Operations.Into;
import dev.confab.engine.tensor.PackedMatrix;
import dev.confab.engine.tensor.PackedShape;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

final class EngineOnOneDnnTest {
    /** The build runs the engine's golden tests in this module; this tells that they really run on oneDNN. */
    @Test
    @EnabledIfSystemProperty(named = KernelSets.PROPERTY, matches = "onednn")
    void theGoldenTestsOfTheEngineRunOnOneDnn() {
        assertThat(KernelSets.best().name()).startsWith("onednn-");
        assertThat(Paths.ofThisProcess().measured()).isFalse();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeNativeCodeSeesIt() {
        Kernels kernels = KernelSets.of("onednn");
        var shape = new PackedShape(70, 60, WeightFormat.F32);
        try (var pool = new WorkerPool(1);
                var arena = Arena.ofConfined()) {
            var operations = kernels.operations(pool, 1);
            var whole = new PackedMatrix(shape, arena.allocate(shape.weightBytes(), 64), arena.allocate(0));
            assertThatThrownBy(() -> operations.multiply(
                            whole,
                            null,
                            Matrix.zeros(4, 61),
                            Matrix.zeros(4, 70),
                            4,
                            Into.REPLACE,
                            Activation.IDENTITY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("[4, 61]", "inputs=60");
            var cut = new PackedMatrix(shape, arena.allocate(shape.weightBytes() - 256, 64), arena.allocate(0));
            assertThatThrownBy(() -> operations.multiply(
                            cut,
                            null,
                            Matrix.zeros(70, 60),
                            Matrix.zeros(70, 70),
                            70,
                            Into.REPLACE,
                            Activation.IDENTITY))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
