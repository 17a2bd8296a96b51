package dev.confab.engine.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelFilesTest {
    private static final Set<String> DIALOGPT_MEDIUM = Set.of(
            ".gitattributes",
            "README.md",
            "config.json",
            "flax_model.msgpack",
            "generation_config.json",
            "generation_config_for_conversational.json",
            "merges.txt",
            "pytorch_model.bin",
            "rust_model.ot",
            "tf_model.h5",
            "tokenizer_config.json",
            "vocab.json");

    @TempDir
    private Path folder;

    @Test
    void dialoGptMediumOffersOnlyPytorchsWeights() {
        assertThat(ModelFiles.MODEL.index(DIALOGPT_MEDIUM)).isEmpty();
        assertThat(ModelFiles.MODEL.choose(DIALOGPT_MEDIUM, List.of()))
                .containsExactly(
                        "config.json",
                        "generation_config.json",
                        "vocab.json",
                        "merges.txt",
                        "tokenizer_config.json",
                        "pytorch_model.bin");
    }

    @Test
    void theTokenizerNeedsNoWeights() {
        assertThat(ModelFiles.TOKENIZER.choose(DIALOGPT_MEDIUM, List.of()))
                .contains("vocab.json", "config.json")
                .doesNotContain("pytorch_model.bin");
        assertThat(ModelFiles.TOKENIZER.index(Set.of("model.safetensors.index.json")))
                .isEmpty();
    }

    @Test
    void safetensorsComeFirstAndAWholeFileBeforeShards() {
        assertThat(chosen("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin"))
                .containsExactly("model.safetensors");
        assertThat(chosen("model.safetensors.index.json", "pytorch_model.bin"))
                .containsExactly("model.safetensors.index.json");
        assertThat(chosen("pytorch_model.bin", "pytorch_model.bin.index.json")).containsExactly("pytorch_model.bin");
        assertThat(chosen("pytorch_model.bin.index.json")).containsExactly("pytorch_model.bin.index.json");
        assertThat(ModelFiles.MODEL.index(Set.of("pytorch_model.bin.index.json", "config.json")))
                .contains("pytorch_model.bin.index.json");
    }

    private static List<String> chosen(String... available) {
        return ModelFiles.MODEL.choose(Set.of(available), List.of());
    }

    @Test
    void anAdapterIsFetchedWithItsSettings() {
        assertThat(chosen("README.md", "adapter_config.json", "adapter_model.bin", "adapter_model.safetensors"))
                .containsExactly("adapter_config.json", "adapter_model.safetensors");
        assertThat(ModelFiles.TOKENIZER.choose(Set.of("adapter_config.json", "adapter_model.bin"), List.of()))
                .containsExactly("adapter_config.json");
        assertThatThrownBy(() -> chosen("adapter_config.json", "training_args.bin"))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("found adapter_config.json, training_args.bin");
    }

    @Test
    void aWholeModelComesBeforeAnAdapterBesideIt() {
        assertThat(chosen("config.json", "model.safetensors", "adapter_config.json", "adapter_model.safetensors"))
                .containsExactly("config.json", "model.safetensors");
    }

    @Test
    void anAdapterIsCompleteWithItsWeights() throws IOException {
        write("adapter_config.json", "{}");
        assertThat(ModelFiles.MODEL.areIn(folder)).isFalse();
        write("adapter_model.safetensors", "");
        assertThat(ModelFiles.MODEL.areIn(folder)).isTrue();
        assertThat(ModelFiles.TOKENIZER.areIn(folder)).isTrue();
    }

    @Test
    void aShardThatTheRepositoryLacksIsNamed() {
        assertThatThrownBy(() -> ModelFiles.MODEL.choose(
                        Set.of("model.safetensors.index.json", "model-1.safetensors"),
                        List.of("model-1.safetensors", "model-2.safetensors")))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("'model-2.safetensors'");
    }

    @Test
    void noWeightsAtAllIsAnErrorThatSaysWhatIsThere() {
        assertThatThrownBy(() -> chosen("config.json", "model.gguf"))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("found config.json, model.gguf");
    }

    @Test
    void shardsAreNamedOnceEach() throws IOException {
        Path index =
                write("index.json", "{\"weight_map\": {\"b\": \"m-2.bin\", \"a\": \"m-1.bin\", \"c\": \"m-1.bin\"}}");
        assertThat(ModelFiles.shards(index)).containsExactly("m-1.bin", "m-2.bin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"weight_map\": {\"a\": \"../../etc/passwd\"}}",
                "{\"weight_map\": {\"a\": \"..\"}}",
                "{\"weight_map\": {\"a\": \"b\\\\c\"}}",
                "{\"weight_map\": {\"a\": 1e9, \"b\": null}}",
                "{\"weight_map\": {}}",
                "{}",
                "[",
                ""
            })
    void anIndexThatIsNoneIsRefused(String content) throws IOException {
        Path index = write("model.safetensors.index.json", content);
        assertThatThrownBy(() -> ModelFiles.shards(index))
                .isInstanceOf(HubException.class)
                .hasMessageContaining(index.toString());
    }

    @Test
    void aFolderIsCompleteOnlyWithEveryShard() throws IOException {
        write("config.json", "{}");
        write(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"m-1.safetensors\", \"b\": \"m-2.safetensors\"}}");
        write("m-1.safetensors", "");
        assertThat(ModelFiles.MODEL.areIn(folder)).isFalse();
        write("m-2.safetensors", "");
        assertThat(ModelFiles.MODEL.areIn(folder)).isTrue();
        assertThat(ModelFiles.TOKENIZER.areIn(folder)).isFalse();
        write("vocab.json", "{}");
        assertThat(ModelFiles.TOKENIZER.areIn(folder)).isFalse();
        write("merges.txt", "");
        assertThat(ModelFiles.TOKENIZER.areIn(folder)).isTrue();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
