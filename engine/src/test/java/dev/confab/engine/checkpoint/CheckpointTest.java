package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which file a folder means, and checkpoints in shards. */
final class CheckpointTest {
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    private Path folder;

    @Test
    void aFolderMeansItsMostPreferredFile() throws IOException {
        copy("bad/ok-legacy.bin", "weights.pkl");
        assertOpens("weights.pkl");
        copy("bad/ok.bin", "pytorch_model-00001-of-00001.bin");
        write("pytorch_model.bin.index.json", index("a", "pytorch_model-00001-of-00001.bin"));
        assertOpens("pytorch_model-00001-of-00001.bin");
        copy("bad/ok.bin", "pytorch_model.bin");
        assertOpens("pytorch_model.bin");
        copy("bad/ok.safetensors", "shard.safetensors");
        write(INDEX, index("a", "shard.safetensors"));
        assertOpens("shard.safetensors");
        copy("bad/ok.safetensors", "model.safetensors");
        assertOpens("model.safetensors");
    }

    @Test
    void aFileMayBeGivenItself() throws IOException {
        copy("bad/ok.bin", "any name.weights");
        try (var checkpoint = Checkpoint.open(folder.resolve("any name.weights"))) {
            assertThat(checkpoint.names()).containsExactly("a");
            assertThat(checkpoint.tensor("b")).isEmpty();
        }
        copy("bad/ok.safetensors", "shard.safetensors");
        write(INDEX, index("a", "shard.safetensors"));
        try (var checkpoint = Checkpoint.open(folder.resolve(INDEX))) {
            assertThat(checkpoint.names()).containsExactly("a");
        }
    }

    @Test
    void severalPicklesAreListed() {
        assertRefused(
                Fixtures.model("tiny-a/ms-pkl"),
                "[small_ft.pkl, small_ft_module.pkl, small_ft_noprefix.pkl]",
                "point at one");
    }

    @Test
    void aFolderWithoutWeightsIsRefusedWithWhatItHolds() throws IOException {
        write("config.json", "{}");
        write("tf_model.h5", "");
        assertRefused(folder, "holds no weights", "model.safetensors", "found [config.json, tf_model.h5]");
        assertRefused(folder.resolve("absent"), "no such file or folder");
    }

    @Test
    void aMissingShardIsRefused() throws IOException {
        write(INDEX, index("a", "model-00001-of-00001.safetensors"));
        assertRefused(folder, INDEX, "model-00001-of-00001.safetensors", "missing");
    }

    @Test
    void aTensorThatIsNotInItsShardIsRefused() throws IOException {
        copy("bad/ok.safetensors", "one.safetensors");
        write(INDEX, index("c", "one.safetensors"));
        assertRefused(folder, INDEX, "one.safetensors", "'c'", "not in it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.safetensors",
                "..",
                ".",
                "",
                "/etc/passwd",
                "sub/one.safetensors",
                "sub\\\\one.safetensors",
                "C:one.safetensors",
                "one\\u0000.safetensors",
                ".hidden.safetensors"
            })
    void aShardOutsideTheFolderIsRefused(String shard) throws IOException {
        write(INDEX, index("a", shard));
        assertRefused(folder, INDEX, "refused: names the shard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"weight_map\": []}", "{\"weight_map\": {}}"})
    void anIndexWithoutItsMapIsRefused(String index) throws IOException {
        write(INDEX, index);
        assertRefused(folder, INDEX, "no object 'weight_map'");
    }

    @Test
    void anIndexThatIsNoIndexIsRefused() throws IOException {
        write(INDEX, "{\"weight_map\": {\"a\": 1}}");
        assertRefused(folder, INDEX, "NUMBER for 'a'");
        write(INDEX, "{\"weight_map\": {");
        assertRefused(folder, INDEX, "is not JSON");
        write(INDEX, "<!DOCTYPE html><html></html>");
        assertRefused(folder, INDEX, "web page");
        write(INDEX, "");
        assertRefused(folder, INDEX, "is empty");
        write(INDEX, " ".repeat(16_000_001));
        assertRefused(folder, INDEX, "16000001 bytes");
    }

    @Test
    void whatPeopleHaveInPlaceOfWeightsIsNamed() throws IOException {
        assertNamed("{\"error\": \"Repository not found\"}", "JSON text");
        assertNamed("GGUF\u0003", "GGUF file");
        assertNamed("\u0089HDF\r\n", "HDF5 file");
        assertNamed("\u001f\u008b\b", "gzip");
        assertNamed("x".repeat(257) + "ustar", "tar archive");
        assertNamed("\n<?xml version='1.0'?><Error/>", "web page");
        assertNamed("Entry not found", "begins with the bytes 45 6e 74 72 79 20 6e 6f");
    }

    private void assertNamed(String content, String name) throws IOException {
        Path file = folder.resolve("pytorch_model.bin");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(folder, "pytorch_model.bin", name);
    }

    private void assertOpens(String file) {
        try (var checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.files()).containsExactly(folder.resolve(file));
            assertThat(checkpoint.names()).contains("a");
        }
    }

    private static void assertRefused(Path path, String... faults) {
        assertThatThrownBy(() -> Checkpoint.open(path).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(path.toString())
                .hasMessageContainingAll(faults);
    }

    private static String index(String tensor, String shard) {
        return "{\"metadata\": {\"total_size\": 24}, \"weight_map\": {\"" + tensor + "\": \"" + shard + "\"}}";
    }

    private void copy(String fixture, String name) throws IOException {
        Files.copy(Fixtures.model(fixture), folder.resolve(name));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
