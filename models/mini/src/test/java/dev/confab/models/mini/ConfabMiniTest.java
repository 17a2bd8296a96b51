package dev.confab.models.mini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfabMiniTest {
    @TempDir
    Path cache;

    @Test
    void unpacksAllThatTheEngineNeedsAndItsCard() {
        assertThat(ConfabMini.unpack(cache))
                .isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/model.safetensors")
                .isDirectoryContaining("glob:**/tokenizer.json")
                .isDirectoryContaining("glob:**/README.md");
    }

    @Test
    void theFolderIsNamedByASumOfTheFiles() {
        assertThat(ConfabMini.unpack(cache).getFileName().toString()).matches("confab-mini-[0-9a-f]{12}");
    }

    @Test
    void leavesTheFolderAloneTheSecondTime() throws IOException {
        Path folder = ConfabMini.unpack(cache);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(folder.resolve("config.json"), longAgo);
        assertThat(ConfabMini.unpack(cache)).isEqualTo(folder);
        assertThat(Files.getLastModifiedTime(folder.resolve("config.json"))).isEqualTo(longAgo);
    }

    @Test
    void manyAtOnceGetOneFolderAndLeaveNothingBehind() throws IOException {
        assertThat(IntStream.range(0, 8)
                        .parallel()
                        .mapToObj(_ -> ConfabMini.unpack(cache))
                        .distinct())
                .hasSize(1);
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void saysWhereItCouldNotWrite() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "");
        assertThatThrownBy(() -> ConfabMini.unpack(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("embedded model");
    }
}
