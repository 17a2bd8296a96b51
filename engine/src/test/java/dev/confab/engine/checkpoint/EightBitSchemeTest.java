package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EightBitSchemeTest {
    @TempDir
    Path folder;

    private SafetensorsWriter writer;

    @BeforeEach
    void begin() {
        writer = new SafetensorsWriter().metadata("quantization", "confab-q8").metadata("quantization_version", "1");
    }

    private EightBitSchemeTest with(String name, DataType type, int... shape) {
        List<Integer> sizes = java.util.Arrays.stream(shape).boxed().toList();
        writer.tensor(name, type, sizes, (start, destination, offset, count) -> {
            for (int i = 0; i < count; i++) {
                destination[offset + i] = (start + i) % 100;
            }
        });
        return this;
    }

    private Path write() {
        Path file = folder.resolve("model.safetensors");
        writer.write(file);
        return file;
    }

    private void assertRefused(String... parts) {
        Path file = write();
        assertThatThrownBy(() -> Checkpoint.open(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContainingAll(parts);
    }

    private static float weight(long row, long column, long columns, long scale) {
        return (row * columns + column) % 100 * (scale % 100);
    }

    @Test
    void scalesRunDownTheColumnsOrAlongTheRowsAsTheirShapeSays() {
        with("down", DataType.I8, 130, 70).with("down.scales", DataType.F32, 3, 70);
        with("along", DataType.I8, 130, 70).with("along.scales", DataType.F16, 130, 2);
        try (Checkpoint checkpoint = Checkpoint.open(write())) {
            assertThat(checkpoint.names()).containsExactly("down", "along");
            float[] down = new float[130 * 70];
            float[] along = new float[130 * 70];
            // In pieces that end within groups and rows.
            for (int from = 0; from < down.length; from += 1300) {
                checkpoint.tensor("down").orElseThrow().readFloats(from, down, from, 1300);
                checkpoint.tensor("along").orElseThrow().readFloats(from, along, from, 1300);
            }
            for (int row = 0; row < 130; row++) {
                for (int column = 0; column < 70; column++) {
                    assertThat(down[row * 70 + column]).isEqualTo(weight(row, column, 70, row / 64 * 70L + column));
                    assertThat(along[row * 70 + column]).isEqualTo(weight(row, column, 70, row * 2L + column / 64));
                }
            }
        }
    }

    @Test
    void integersOfOtherFilesAreNumbers() {
        writer = new SafetensorsWriter();
        with("a", DataType.I8, 2, 2).with("a.scales", DataType.F32, 2, 1);
        try (Checkpoint checkpoint = Checkpoint.open(write())) {
            assertThat(checkpoint.names()).containsExactly("a", "a.scales");
        }
    }

    @Test
    void missingScalesAreNamed() {
        with("wte.weight", DataType.I8, 10, 4).assertRefused("'wte.weight.scales' is missing");
    }

    @Test
    void scalesWithoutAMatrixAreNamed() {
        with("a", DataType.F32, 10, 4)
                .with("a.scales", DataType.F32, 10, 1)
                .assertRefused("'a.scales'", "no I8 tensor");
    }

    @Test
    void misshapenScalesAreQuotedWithBothPossibleShapes() {
        with("a", DataType.I8, 130, 70)
                .with("a.scales", DataType.F32, 2, 130)
                .assertRefused("a.scales F32 [2, 130]", "[3, 70] or [130, 2]");
    }

    @Test
    void scalesOfAnotherTypeAreRefused() {
        with("a", DataType.I8, 10, 4).with("a.scales", DataType.BF16, 10, 1).assertRefused("BF16", "F32 or F16");
    }

    @Test
    void vectorsOfIntegersAreRefused() {
        with("a", DataType.I8, 64).with("a.scales", DataType.F32, 1).assertRefused("1 dimensions");
    }

    @Test
    void anotherVersionIsRefused() {
        writer.metadata("quantization_version", "2");
        with("a", DataType.F32, 1).assertRefused("version 2", "expected 1");
    }
}
