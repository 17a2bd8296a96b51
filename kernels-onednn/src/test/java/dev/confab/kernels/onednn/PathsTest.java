package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.tensor.ActivationFormat;
import dev.confab.engine.tensor.JavaKernels;
import dev.confab.engine.tensor.KernelSets;
import dev.confab.engine.tensor.WeightFormat;
import dev.confab.engine.tensor.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathsTest {
    @TempDir
    Path folder;

    @Test
    void activationsAreRoundedNoFurtherThanAllowed() {
        assertThat(Arithmetic.of(WeightFormat.F32, ActivationFormat.INT8)).containsExactly(Arithmetic.F32);
        assertThat(Arithmetic.of(WeightFormat.Q8, ActivationFormat.INT8))
                .containsExactly(Arithmetic.INT8, Arithmetic.BF16_INT8, Arithmetic.F32_INT8);
        assertThat(Arithmetic.of(WeightFormat.Q4, ActivationFormat.BF16))
                .containsExactly(Arithmetic.BF16_INT8, Arithmetic.F32_INT8);
        assertThat(Arithmetic.of(WeightFormat.BF16, ActivationFormat.F32)).containsExactly(Arithmetic.F32_BF16);
        assertThat(ActivationFormat.AUTO.beside(WeightFormat.F32)).isEqualTo(ActivationFormat.F32);
        assertThat(ActivationFormat.AUTO.beside(WeightFormat.Q8)).isEqualTo(ActivationFormat.BF16);
        assertThat(ActivationFormat.AUTO.beside(WeightFormat.Q4)).isEqualTo(ActivationFormat.INT8);
    }

    @Test
    void theFastestAllowedPathIsChosen() {
        var speeds = new Speeds(Map.of("java", 50.0, "int8", 300.0, "f32-int8", 60.0));
        assertThat(speeds.fastest(List.of(Arithmetic.INT8, Arithmetic.F32_INT8)))
                .contains(Arithmetic.INT8);
        assertThat(speeds.fastest(List.of(Arithmetic.F32_INT8))).contains(Arithmetic.F32_INT8);
        assertThat(new Speeds(Map.of("java", 70.0, "f32", 60.0)).fastest(List.of(Arithmetic.F32)))
                .isEmpty();
    }

    @Test
    void whatWasMeasuredIsRememberedAndAFileThatCannotBeReadIsNot() throws IOException {
        var record = new SpeedRecord(folder.resolve("new").resolve("speeds.properties"));
        assertThat(record.find("machine, q8")).isEmpty();
        record.put("machine, q8", new Speeds(Map.of("java", 57.4)));
        record.put("machine, q4", new Speeds(Map.of("java", 31.0)));
        assertThat(record.find("machine, q8")).contains(new Speeds(Map.of("java", 57.0)));
        assertThat(record.all()).hasSize(2);

        for (String damage : List.of("machine,\\ q8=java fast", "machine,\\ q8=int8 300", "\\uXYZ", "")) {
            Files.writeString(record.file(), damage);
            assertThat(record.find("machine, q8")).as(damage).isEmpty();
        }
    }

    @Test
    void eachClassOfRowsIsMeasuredOnceAndTheFasterPathMultiplies() {
        var java = (JavaKernels) KernelSets.of("vector");
        var record = new SpeedRecord(folder.resolve("speeds.properties"));
        var paths = new Paths(record, true);
        try (var pool = new WorkerPool(1)) {
            var products = new PanelProducts(Dnnl.load(), pool, java.panels(), java.rows(), pool);
            var measurement = new SpeedMeasurement(java.operations(pool, 1), products);
            Optional<Arithmetic> chosen = paths.choose(
                    WeightFormat.F32, ActivationFormat.AUTO, RowClass.FEW, "machine", products, measurement);
            Speeds speeds = record.find("machine, f32 weights, 2 to 4 rows").orElseThrow();
            assertThat(speeds.gigaflops()).containsOnlyKeys("java", "f32");
            assertThat(chosen).isEqualTo(speeds.fastest(List.of(Arithmetic.F32)));

            // From now on the record decides, whatever the machine is busy with.
            record.put("machine, f32 weights, 2 to 4 rows", new Speeds(Map.of("java", 1.0, "f32", 2.0)));
            assertThat(paths.choose(
                            WeightFormat.F32, ActivationFormat.AUTO, RowClass.FEW, "machine", products, measurement))
                    .contains(Arithmetic.F32);
            assertThat(paths.decisions("machine")).containsExactly("f32 weights, 2 to 4 rows: f32 2, java 1 GFLOP/s");
        }
    }

    @Test
    void rowsBelongToTheClassThatTheirNumberBegins() {
        assertThat(RowClass.of(2)).isEqualTo(RowClass.FEW);
        assertThat(RowClass.of(4)).isEqualTo(RowClass.FEW);
        assertThat(RowClass.of(5)).isEqualTo(RowClass.SEVERAL);
        assertThat(RowClass.of(64)).isEqualTo(RowClass.MANY);
        assertThat(RowClass.of(5000)).isEqualTo(RowClass.PROMPT);
    }

    @Test
    void compiledSizesHoldAllRowsAndWasteFew() {
        for (int rows = 1; rows <= 128; rows++) {
            int compiled = MatmulCache.rows(MatmulCache.size(rows));
            assertThat(compiled).isBetween(rows, rows <= 64 ? rows + 3 : rows + 15);
        }
    }
}
