package dev.confab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.Activation;
import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights that do not fit their configuration. */
final class BrokenCheckpointTest {
    private static final Gpt2Config CONFIG = Gpt2Config.of(10, 8, 4, 2, 2);

    @TempDir
    Path folder;

    private static WrittenCheckpoint checkpoint() {
        return new WrittenCheckpoint(CONFIG, "transformer.");
    }

    private void assertRefused(WrittenCheckpoint checkpoint, String... parts) throws IOException {
        checkpoint.write(folder);
        assertLoadFails(parts);
    }

    private void assertLoadFails(String... parts) {
        assertThatThrownBy(() -> Gpt2Loader.load(folder, TestModels.options(WeightFormat.F32)))
                .isInstanceOf(ConfabException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void aRightCheckpointLoadsFromItsFolderOrItsFile() throws IOException {
        Path file = checkpoint().write(folder);
        for (Path location : new Path[] {folder, file}) {
            try (Gpt2 model = Gpt2Loader.load(location, TestModels.options(WeightFormat.F32))) {
                assertThat(model.config().layers()).isEqualTo(2);
                assertThat(TestModels.logits(model, new int[] {1, 2, 3}, 1)[0]).doesNotContain(Float.NaN);
            }
        }
    }

    /** A peer loads only names without prefix. All forms of the published files are golden cases of GoldenLogitsTest. */
    @ParameterizedTest
    @ValueSource(strings = {"", "transformer.", "module.", "module.transformer."})
    void everyPrefixOfNamesLoadsToTheSameShapes(String prefix) throws IOException {
        new WrittenCheckpoint(CONFIG, prefix).write(folder);
        try (Gpt2 model = Gpt2Loader.load(folder, TestModels.options(WeightFormat.F32))) {
            assertThat(TestModels.logits(model, new int[] {1}, 1)[0]).hasSize(10);
        }
    }

    @Test
    void aMissingTensorIsNamedWithItsFile() throws IOException {
        assertRefused(
                checkpoint().without("h.1.mlp.c_proj.bias"),
                "model.safetensors",
                "'h.1.mlp.c_proj.bias' is missing",
                "n_embd=4",
                "n_layer=2");
    }

    @Test
    void aMissingBlockIsTakenForAConfigurationOfAnotherModel() throws IOException {
        new WrittenCheckpoint(Gpt2Config.of(10, 8, 4, 1, 2), "").write(folder);
        Files.writeString(
                folder.resolve("config.json"),
                "{\"vocab_size\": 10, \"n_positions\": 8, \"n_embd\": 4, \"n_layer\": 2, \"n_head\": 2}");
        assertLoadFails("'h.1.ln_1.weight' is missing", "n_layer=2", "is it from the same checkpoint?");
    }

    @Test
    void tensorsThatHaveNoPlaceAreCountedAndNamed() throws IOException {
        assertRefused(
                checkpoint().with("h.2.ln_1.weight", 4).with("score.weight", 2, 4),
                "model.safetensors",
                "2 tensors have no place",
                "h.2.ln_1.weight",
                "score.weight");
    }

    @Test
    void aMisshapenTensorIsNamedWithBothShapes() throws IOException {
        assertRefused(
                checkpoint().with("h.0.attn.c_attn.weight", 12, 4),
                "model.safetensors",
                "'transformer.h.0.attn.c_attn.weight'",
                "[12, 4]",
                "[4, 12]");
        assertRefused(checkpoint().with("h.0.attn.c_attn.bias", 11), "c_attn.bias'", "[11]", "[12]");
        assertRefused(checkpoint().with("wte.weight", 9, 4), "wte.weight'", "[9, 4]", "[10, 4]", "vocab_size=10");
        assertRefused(checkpoint().with("wpe.weight", 32), "wpe.weight'", "[32]", "[8, 4]", "n_positions=8");
    }

    @Test
    void tensorsUnderTwoNamesAreRefusedWithBoth() throws IOException {
        var twice = new WrittenCheckpoint(CONFIG, "").with("transformer.ln_f.bias", 4);
        assertRefused(twice, "'ln_f.bias'", "'transformer.ln_f.bias'", "both stand for");
    }

    @Test
    void aFileWithoutTensorsIsRefusedByItsName() throws IOException {
        assertRefused(checkpoint().withoutAnyTensor(), folder.toString(), "missing");
    }

    /** Terabytes, were they allocated before the tensors were looked at. */
    @Test
    void sizesThatNoTensorHasAreRefusedBeforeMemoryIsTaken() throws IOException {
        checkpoint().write(folder);
        Files.writeString(
                folder.resolve("config.json"),
                "{\"vocab_size\": 16000000, \"n_positions\": 8, \"n_embd\": 65536, \"n_layer\": 2, \"n_head\": 2}");
        assertLoadFails("wte.weight'", "[10, 4]", "[16000000, 65536]");
    }

    @Test
    void storedCausalMasksAreSkipped() throws IOException {
        checkpoint()
                .with("h.0.attn.bias", 1, 1, 8, 8)
                .with("h.1.attn.masked_bias", 1)
                .write(folder);
        try (Gpt2 model = Gpt2Loader.load(folder, TestModels.options(WeightFormat.F32))) {
            assertThat(model.config()).isEqualTo(withTokens(CONFIG));
        }
    }

    /** The file names no first and last token; DialoGPT's never gets one put before its prompt either. */
    private static Gpt2Config withTokens(Gpt2Config c) {
        return new Gpt2Config(
                c.vocabularySize(),
                c.positions(),
                c.hiddenSize(),
                c.layers(),
                c.heads(),
                c.innerSize(),
                Activation.GELU_NEW,
                1e-5f,
                true,
                false,
                c.tiedHead(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    @Test
    void aHeadOfItsOwnIsUsedAndItsAbsenceRefused() throws IOException {
        var untied = new Gpt2Config(
                10,
                8,
                4,
                2,
                2,
                16,
                Activation.GELU_NEW,
                1e-5f,
                true,
                false,
                false,
                OptionalInt.empty(),
                OptionalInt.empty());
        assertRefused(new WrittenCheckpoint(untied, ""), "'lm_head.weight' is missing");
        new WrittenCheckpoint(untied, "").with("lm_head.weight", 10, 4).write(folder);
        float[] own;
        try (Gpt2 model = Gpt2Loader.load(folder, TestModels.options(WeightFormat.F32))) {
            own = TestModels.logits(model, new int[] {1}, 1)[0];
        }
        // With a tied head the file's copy does not count, as in the reference implementation.
        new WrittenCheckpoint(CONFIG, "").with("lm_head.weight", 10, 4).write(folder);
        try (Gpt2 model = Gpt2Loader.load(folder, TestModels.options(WeightFormat.F32))) {
            assertThat(TestModels.logits(model, new int[] {1}, 1)[0]).isNotEqualTo(own);
        }
    }
}
