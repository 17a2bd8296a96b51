package dev.confab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.Fixtures;
import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.SafetensorsWriter;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LoraAdapterTest {
    private static final Path BASE = Fixtures.model("tiny-a/st-f32");
    private static final String QKV = "h.0.attn.c_attn.weight";
    private static final String EXPAND = "h.1.mlp.c_fc.weight";

    @TempDir
    Path folder;

    private static WrittenAdapter adapter() {
        return new WrittenAdapter(BASE.toString(), 4, "c_attn", "c_fc")
                .matrix(QKV, 32, 96)
                .matrix(EXPAND, 32, 128);
    }

    private static float[] logits(Path base, Optional<LoraAdapter> adapter, WeightFormat format) {
        try (Gpt2 model = Gpt2Loader.load(base, adapter, TestModels.options(format))) {
            return TestModels.logits(model, new int[] {3, 1, 4, 1, 5}, 1)[0];
        }
    }

    /** {@code W[i][o] + 8/4 sum over r of A[r][i] B[o][r]}, in the plainest way. */
    private static float[] merged(String name, float[] weights, int inputs, int outputs) {
        float[] a = WrittenAdapter.factor(LoraAdapter.tensorName(name, 'A'), 4 * inputs);
        float[] b = WrittenAdapter.factor(LoraAdapter.tensorName(name, 'B'), 4 * outputs);
        float[] merged = weights.clone();
        for (int i = 0; i < inputs; i++) {
            for (int o = 0; o < outputs; o++) {
                double change = 0;
                for (int r = 0; r < 4; r++) {
                    change += (double) a[r * inputs + i] * b[o * 4 + r];
                }
                merged[i * outputs + o] += (float) (2 * change);
            }
        }
        return merged;
    }

    /** The base with changed weights, as an ordinary checkpoint. */
    private Path mergedCheckpoint() throws IOException {
        var writer = new SafetensorsWriter();
        try (Checkpoint checkpoint = Checkpoint.open(BASE)) {
            for (StoredTensor tensor : checkpoint.tensors()) {
                List<Integer> shape =
                        tensor.shape().stream().map(Math::toIntExact).toList();
                float[] values = new float[(int) tensor.elementCount()];
                tensor.readFloats(0, values, 0, values.length);
                String name = TensorNames.canonical(tensor.name()).orElseThrow();
                boolean adapted = name.equals(QKV) || name.equals(EXPAND);
                writer.tensor(
                        tensor.name(),
                        DataType.F32,
                        shape,
                        adapted ? merged(name, values, shape.get(0), shape.get(1)) : values,
                        0);
            }
        }
        Path target = Files.createDirectories(folder.resolve("merged"));
        Files.copy(BASE.resolve("config.json"), target.resolve("config.json"));
        writer.write(target.resolve("model.safetensors"));
        return target;
    }

    @ParameterizedTest
    @EnumSource
    void itIsMergedWhileTheBaseIsLoaded(WeightFormat format) throws IOException {
        Optional<LoraAdapter> adapter = Optional.of(LoraAdapter.read(adapter().write(folder.resolve("adapter"))));

        assertThat(logits(BASE, adapter, format))
                .isEqualTo(logits(mergedCheckpoint(), Optional.empty(), format))
                .isNotEqualTo(logits(BASE, Optional.empty(), format));
    }

    private void assertRefused(WrittenAdapter adapter, String... parts) throws IOException {
        adapter.write(folder);
        assertRefused(parts);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> Gpt2Loader.load(
                        BASE, Optional.of(LoraAdapter.read(folder)), TestModels.options(WeightFormat.F32)))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContainingAll(parts);
    }

    @Test
    void tensorsThatAreNoneOfLorasAreNamed() throws IOException {
        assertRefused(adapter().tensor("base_model.model.score.weight", 2, 2), "'base_model.model.score.weight");
        assertRefused(
                adapter().tensor("base_model.model.transformer.wte.lora_embedding_A", 4, 2), "wte.lora_embedding_A");
    }

    @Test
    void aMissingFactorIsNamed() throws IOException {
        String b = LoraAdapter.tensorName("h.0.mlp.c_proj.weight", 'B');
        assertRefused(adapter().tensor(b, 32, 4), "'h.0.mlp.c_proj.weight' has only one of A and B");
    }

    @Test
    void anotherRankThanThatOfTheConfigurationIsQuoted() throws IOException {
        String a = LoraAdapter.tensorName(QKV, 'A');
        assertRefused(adapter().tensor(a, 3, 32), "'" + a + "' has shape [3, 32], expected [4, inputs]");
    }

    @Test
    void aMatrixOfAnotherBaseIsQuotedWithBothShapes() throws IOException {
        assertRefused(adapter().matrix(QKV, 48, 144), "'" + QKV + "' of shape [48, 144]", "[32, 96]", BASE.toString());
        assertRefused(adapter().matrix("h.7.mlp.c_fc.weight", 32, 128), "'h.7.mlp.c_fc.weight'", "its base?");
        assertRefused(adapter().matrix("wte.weight", 512, 32), "'wte.weight'");
    }

    @Test
    void anAdapterWithoutTensorsIsRefused() throws IOException {
        assertRefused(new WrittenAdapter("", 4, "c_attn"), "holds no tensors");
        Files.delete(folder.resolve("adapter_model.safetensors"));
        assertRefused("adapter_model.safetensors", "adapter_model.bin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"peft_type\": \"IA3\" | peft_type is 'IA3'",
                "\"use_dora\": true | use_dora is true",
                "\"bias\": \"all\" | bias is \"all\"",
                "\"rank_pattern\": {\"c_attn\": 8} | rank_pattern",
                "\"modules_to_save\": [\"wte\"] | modules_to_save",
                "\"target_modules\": [\"q_proj\"] | 'q_proj'",
                "\"target_modules\": \".*attn\" | expected a list",
                "\"r\": 0 | rank (r): 0",
                "\"lora_alpha\": -1 | alpha (lora_alpha): -1"
            })
    void configurationsOfAnotherKindAreRefusedByWhatIsUnknown(String setting, String fault) throws IOException {
        adapter().write(folder);
        Path file = folder.resolve("adapter_config.json");
        var json = (ObjectNode) Fixtures.json(file);
        json.setAll((ObjectNode) JsonMapper.shared().readTree("{" + setting + "}"));
        Files.writeString(file, json.toString());
        assertRefused("adapter_config.json", fault);
    }

    @Test
    void aBrokenConfigurationIsRefused() throws IOException {
        adapter().write(folder);
        Files.writeString(folder.resolve("adapter_config.json"), "{\"peft_type\": ");
        assertRefused("adapter_config.json", "not the JSON");
    }

    @Test
    void itsConfigurationIsReadAsItWasWritten() throws IOException {
        var config = new LoraConfig("somebody/base", 8, 12.5, true, List.of("attn.c_proj", "c_fc"));
        config.write(folder);

        assertThat(LoraConfig.read(folder)).isEqualTo(config);
        assertThat(config.scale()).isEqualTo(12.5 / Math.sqrt(8));
        assertThat(config.matrices(2))
                .containsExactly(
                        "h.0.attn.c_proj.weight",
                        "h.0.mlp.c_fc.weight",
                        "h.1.attn.c_proj.weight",
                        "h.1.mlp.c_fc.weight");
    }
}
