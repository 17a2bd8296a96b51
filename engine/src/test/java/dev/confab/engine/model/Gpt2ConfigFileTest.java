package dev.confab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Gpt2ConfigFileTest {
    @TempDir
    Path folder;

    private Gpt2Config read(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), json.replace('\'', '"'));
        return Gpt2ConfigFile.read(folder);
    }

    @Test
    void microsoftsShortFileIsCompletedWithTheUsualDefaults() throws IOException {
        Gpt2Config config = read(
                "{'initializer_range': 0.02, 'layer_norm_epsilon': 1e-05, 'n_ctx': 1024, 'n_embd': 1024, 'n_head': 16,"
                        + " 'n_layer': 24, 'n_positions': 1024, 'vocab_size': 50257}");
        assertThat(config.hiddenSize()).isEqualTo(1024);
        assertThat(config.headSize()).isEqualTo(64);
        assertThat(config.innerSize()).isEqualTo(4096);
        assertThat(config.activation()).isEqualTo(Activation.GELU_NEW);
        assertThat(config.tiedHead()).isTrue();
        assertThat(config.scaleAttention()).isTrue();
        assertThat(config.scaleByInverseLayer()).isFalse();
        assertThat(config.eosTokenId()).isEmpty();
        assertThat(config.parameterCount()).isEqualTo(354_823_168);
    }

    @Test
    void anEmptyObjectIsTheSmallestGpt2() throws IOException {
        assertThat(read("{}").parameterCount()).isEqualTo(124_439_808);
    }

    @Test
    void everyKeyCounts() throws IOException {
        Gpt2Config config =
                read("{'model_type': 'gpt2', 'vocab_size': 11, 'n_positions': 12, 'n_embd': 6, 'n_layer': 3,"
                        + " 'n_head': 2, 'n_inner': 7, 'activation_function': 'relu', 'layer_norm_epsilon': 0.5,"
                        + " 'scale_attn_weights': false, 'scale_attn_by_inverse_layer_idx': true,"
                        + " 'tie_word_embeddings': false, 'bos_token_id': 3, 'eos_token_id': 4}");
        assertThat(config)
                .isEqualTo(new Gpt2Config(
                        11,
                        12,
                        6,
                        3,
                        2,
                        7,
                        Activation.RELU,
                        0.5f,
                        false,
                        true,
                        false,
                        java.util.OptionalInt.of(3),
                        java.util.OptionalInt.of(4)));
    }

    @Test
    void nullMeansTheDefault() throws IOException {
        assertThat(read("{'n_inner': null, 'n_embd': 12, 'n_head': null, 'activation_function': null,"
                                + " 'bos_token_id': null}")
                        .innerSize())
                .isEqualTo(48);
    }

    @Test
    void theOldNameOfPositionsServesWhereTheNewOneIsMissing() throws IOException {
        assertThat(read("{'n_ctx': 77}").positions()).isEqualTo(77);
        assertThat(read("{'n_ctx': 77, 'n_positions': 78}").positions()).isEqualTo(78);
    }

    /** A peer ignores both; every one of them is a golden case of GoldenLogitsTest's variants too. */
    @Test
    void everyActivationOfTheReferenceHasItsName() throws IOException {
        var names = Map.of(
                "gelu_new", Activation.GELU_NEW,
                "gelu_fast", Activation.GELU_NEW,
                "gelu_pytorch_tanh", Activation.GELU_NEW,
                "gelu", Activation.GELU,
                "quick_gelu", Activation.QUICK_GELU,
                "relu", Activation.RELU,
                "silu", Activation.SILU,
                "swish", Activation.SILU,
                "tanh", Activation.TANH,
                "linear", Activation.IDENTITY);
        for (Map.Entry<String, Activation> name : names.entrySet()) {
            assertThat(read("{'activation_function': '" + name.getKey() + "'}").activation())
                    .isEqualTo(name.getValue());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'model_type': 'llama'} | model_type is 'llama'; Confab runs models of the GPT-2 family",
                "{'activation_function': 'mish'} | activation_function is 'mish'; Confab knows [gelu, gelu_fast,",
                "{'activation_function': 7} | activation_function is '7'",
                "{'n_embd': 10, 'n_head': 3} | n_embd=10 cannot be divided among n_head=3 heads",
                "{'n_embd': '768'} | n_embd is \"768\"; expected a whole number",
                "{'n_embd': 768.5} | n_embd is 768.5; expected a whole number",
                "{'n_layer': 99999999999} | n_layer is 99999999999; expected a whole number",
                "{'n_layer': [12]} | n_layer is [12]; expected a whole number",
                "{'n_layer': 16000000} | n_layer=16000000; expected 1 to 4096",
                "{'vocab_size': 0} | vocab_size=0; expected 1 to 16777216",
                "{'n_positions': -1} | n_positions=-1; expected 1 to",
                "{'n_inner': 0} | n_inner=0; expected 1 to",
                "{'n_positions': 1000000, 'n_embd': 6144} | n_positions=1000000 times n_embd=6144",
                "{'layer_norm_epsilon': 'small'} | layer_norm_epsilon is \"small\"; expected a number",
                "{'layer_norm_epsilon': 2} | layer_norm_epsilon=2.0; expected a number from 0 to 1",
                "{'tie_word_embeddings': 1} | tie_word_embeddings is 1; expected true or false",
                "{'eos_token_id': [1, 2]} | eos_token_id is [1,2]; expected a whole number",
                "[1, 2] | expected a JSON object",
                "{'n_embd': | not valid JSON",
                "not json at all | not valid JSON",
                "'' | expected a JSON object"
            })
    void aValueThatCannotBeIsNamedWithTheFileAndTheKey(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(ConfabException.class)
                .hasMessageContainingAll("config.json: ", message);
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> read("")).isInstanceOf(ConfabException.class).hasMessageContaining("config.json: ");
    }

    @Test
    void aFolderWithoutTheFileIsToldWhatItShouldHold() {
        assertThatThrownBy(() -> Gpt2ConfigFile.read(folder))
                .isInstanceOf(ConfabException.class)
                .hasMessageContainingAll(folder.toString(), "no config.json here", "tokenizer");
    }
}
