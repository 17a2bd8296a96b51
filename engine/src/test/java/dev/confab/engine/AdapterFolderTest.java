package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.model.CheckpointFormat;
import dev.confab.engine.model.WrittenAdapter;
import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdapterFolderTest {
    private static final Path BASE = Fixtures.model("tiny-a/st-f32");
    private static final ModelOptions OPTIONS =
            ModelOptions.defaults().withThreads(1).withWeightCacheBytes(0);

    @TempDir
    Path folder;

    private Path adapter(String base) throws IOException {
        return new WrittenAdapter(base, 2, "c_attn")
                .matrix("h.0.attn.c_attn.weight", 32, 96)
                .matrix("h.1.attn.c_attn.weight", 32, 96)
                .write(folder.resolve("adapter"));
    }

    private static int[] reply(Path model, WeightFormat format) {
        try (LanguageModel loaded = LanguageModel.load(model.toString(), OPTIONS.withWeights(format))) {
            assertThat(loaded.config().layers()).isEqualTo(2);
            return loaded.generate(
                    new int[] {3, 1, 4},
                    GenerationConfig.builder().maxNewTokens(20).minNewTokens(20).build());
        }
    }

    @Test
    void aFolderOfAnAdapterIsAModel() throws IOException {
        Path adapter = adapter(BASE.toString());
        Path merged = folder.resolve("merged");
        ModelConverter.convert(adapter.toString(), CheckpointFormat.F32, merged, OPTIONS);

        assertThat(reply(adapter, WeightFormat.F32))
                .isEqualTo(reply(merged, WeightFormat.F32))
                .isNotEqualTo(reply(BASE, WeightFormat.F32));
        assertThat(reply(adapter, WeightFormat.Q8)).isEqualTo(reply(merged, WeightFormat.Q8));
        assertThat(merged.resolve("adapter_config.json")).doesNotExist();
    }

    @Test
    void theBaseMayLieBesideIt() throws IOException {
        Files.createDirectories(folder.resolve("base"));
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(BASE.resolve(name), folder.resolve("base").resolve(name));
        }

        assertThat(reply(adapter("../base"), WeightFormat.F32)).hasSize(23);
    }

    @Test
    void aMissingBaseIsNamed() throws IOException {
        assertRefused(adapter(""), "base_model_name_or_path is missing");
        assertRefused(adapter("/not/here"), "/not/here");
    }

    @Test
    void anAdapterOfAnAdapterIsRefused() throws IOException {
        Path first = adapter(BASE.toString());
        Path second = new WrittenAdapter(first.toString(), 2, "c_attn")
                .matrix("h.0.attn.c_attn.weight", 32, 96)
                .write(folder.resolve("second"));
        assertRefused(second, "is an adapter too", "--output FOLDER");
    }

    private static void assertRefused(Path adapter, String... parts) {
        assertThatThrownBy(() -> LanguageModel.load(adapter.toString(), OPTIONS))
                .isInstanceOf(ConfabException.class)
                .hasMessageContainingAll(parts);
    }
}
