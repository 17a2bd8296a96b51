package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsWriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"F32, 0.1", "F16, 0.099975586", "BF16, 0.100097656", "I8, 0"})
    void whatIsWrittenIsReadBackInItsType(DataType type, float tenth) {
        Path file = folder.resolve("a.safetensors");
        float[] values = {9, 1, -2, 0.1f, 100, 7};
        new SafetensorsWriter()
                .metadata("note", "a \"quoted\" text, ä")
                .tensor("first", type, List.of(2, 2), values, 1)
                .tensor("second", DataType.F32, List.of(1), values, 5)
                .write(file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            StoredTensor first = checkpoint.tensor("first").orElseThrow();
            assertThat(first.dataType()).isEqualTo(type);
            assertThat(first.shape()).containsExactly(2L, 2L);
            float[] read = new float[4];
            first.readFloats(0, read, 0, 4);
            assertThat(read).containsExactly(1, -2, tenth, 100);
            assertThat(checkpoint.names()).containsExactlyInAnyOrder("first", "second");
            assertThat(checkpoint.metadata())
                    .containsEntry("note", "a \"quoted\" text, ä")
                    .containsEntry("format", "pt");
        }
    }

    @Test
    void bfloat16RoundsTiesToEvenAndKeepsNaN() {
        Path file = folder.resolve("a.safetensors");
        float[] values = {
            Float.intBitsToFloat(0x3F808000), Float.intBitsToFloat(0x3F818000), Float.NaN, Float.POSITIVE_INFINITY
        };
        new SafetensorsWriter()
                .tensor("x", DataType.BF16, List.of(4), values, 0)
                .write(file);
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            float[] read = new float[4];
            checkpoint.tensor("x").orElseThrow().readFloats(0, read, 0, 4);
            assertThat(read)
                    .containsExactly(
                            Float.intBitsToFloat(0x3F800000),
                            Float.intBitsToFloat(0x3F820000),
                            Float.NaN,
                            Float.POSITIVE_INFINITY);
        }
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOneAndNothingElse() throws IOException {
        var writer = new SafetensorsWriter().tensor("x", DataType.F32, List.of(1), new float[1], 0);
        assertThatThrownBy(() -> writer.write(folder.resolve("none/a.safetensors")))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("a.safetensors: cannot be written");

        Path occupied = folder.resolve("b.safetensors");
        Files.createDirectories(occupied.resolve("full"));
        assertThatThrownBy(() -> writer.write(occupied)).isInstanceOf(ConfabException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    @Test
    void tensorsThatCannotBeStoredAreRefused() {
        var writer = new SafetensorsWriter();
        assertThatThrownBy(() -> writer.tensor("x", DataType.F32, List.of(3), new float[2], 0))
                .hasMessageContaining("tensor 'x' [3] at 0 leaves its array of 2");
        assertThatThrownBy(() -> writer.tensor("x", DataType.BOOL, List.of(1), new float[2], 0))
                .hasMessageContaining("BOOL");
    }
}
