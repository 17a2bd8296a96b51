package dev.confab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confab.engine.checkpoint.Checkpoint;
import dev.confab.engine.checkpoint.DataType;
import dev.confab.engine.checkpoint.StoredTensor;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.model.CheckpointFormat;
import dev.confab.engine.model.ForwardBatch;
import dev.confab.engine.model.KeyValueCache;
import dev.confab.engine.tensor.WeightFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ModelConverterTest {
    private static final ModelOptions OPTIONS =
            ModelOptions.defaults().withThreads(1).withWeightCacheBytes(0);

    @TempDir
    Path folder;

    private Path convert(String model, CheckpointFormat format) {
        return convert(Fixtures.model(model), format, folder.resolve(format.label()));
    }

    private static Path convert(Path model, CheckpointFormat format, Path target) {
        ModelConverter.convert(model.toString(), format, target, OPTIONS);
        return target;
    }

    private static float[] logits(Path model, WeightFormat format) {
        try (LanguageModel loaded = LanguageModel.load(model.toString(), OPTIONS.withWeights(format));
                KeyValueCache cache = loaded.model().newCache()) {
            int[] tokens = {3, 1, 4, 1, 5, 9, 2, 6};
            var batch = new ForwardBatch();
            batch.add(cache, tokens, 0, tokens.length, 1);
            loaded.model().forward(batch);
            float[] logits = new float[loaded.config().vocabularySize()];
            batch.copyLogits(0, logits);
            return logits;
        }
    }

    /** tiny-b is 48 wide, which is no multiple of a group; tiny-g has more than one group each way. */
    @ParameterizedTest
    @ValueSource(strings = {"tiny-a/st-f32", "tiny-b/st-f32", "tiny-g/st-f32"})
    void eightBitWeightsOnDiskAreThoseThatLoadingMakesOfFloats(String model) {
        Path converted = convert(model, CheckpointFormat.Q8);

        assertThat(logits(converted, WeightFormat.Q8)).isEqualTo(logits(Fixtures.model(model), WeightFormat.Q8));
    }

    @Test
    void eightBitWeightsThatAreConvertedAgainStayTheSame() throws IOException {
        Path once = convert("tiny-g/st-f32", CheckpointFormat.Q8);
        Path floats = convert(once, CheckpointFormat.F32, folder.resolve("floats"));
        Path again = convert(floats, CheckpointFormat.Q8, folder.resolve("again"));

        assertThat(logits(floats, WeightFormat.F32)).isEqualTo(logits(once, WeightFormat.F32));
        assertThat(again.resolve("model.safetensors")).hasSameBinaryContentAs(once.resolve("model.safetensors"));
    }

    @Test
    void eightBitMatricesTakeAByteAWeightBesideTheirScales() {
        long integers = 0;
        long scales = 0;
        long floats = 0;
        try (Checkpoint original = Checkpoint.open(Fixtures.model("tiny-g/st-f32"));
                Checkpoint checkpoint = Checkpoint.open(convert("tiny-g/st-f32", CheckpointFormat.Q8))) {
            assertThat(checkpoint.metadata())
                    .containsEntry("quantization", "confab-q8")
                    .containsEntry("quantization_version", "1");
            for (StoredTensor tensor : checkpoint.tensors()) {
                StoredTensor exact = original.tensor(tensor.name()).orElseThrow();
                assertThat(tensor.shape()).isEqualTo(exact.shape());
                if (tensor.dataType() == DataType.I8) {
                    integers += tensor.elementCount();
                    scales += scales(tensor);
                    float largest = range(read(exact));
                    assertThat(distance(read(tensor), read(exact))).isBetween(largest / 1000, largest / 250);
                } else {
                    floats += tensor.elementCount();
                    assertThat(distance(read(tensor), read(exact))).isZero();
                }
            }
        }
        long bytes = folder.resolve("q8/model.safetensors").toFile().length();
        System.out.println("tiny-g in q8: " + integers + " integers, " + scales + " scales, " + floats
                + " other floats, " + bytes + " bytes");
        assertThat(bytes - integers - 4 * (scales + floats)).as("header").isBetween(0L, 10_000L);
    }

    private static long scales(StoredTensor matrix) {
        long rows = matrix.shape().get(0);
        long columns = matrix.shape().get(1);
        return matrix.name().endsWith("wte.weight")
                ? rows * Math.ceilDiv(columns, 64)
                : Math.ceilDiv(rows, 64) * columns;
    }

    private static float[] read(StoredTensor tensor) {
        float[] values = new float[(int) tensor.elementCount()];
        tensor.readFloats(0, values, 0, values.length);
        return values;
    }

    /** The largest magnitude. */
    private static float range(float[] values) {
        return distance(values, new float[values.length]);
    }

    /** The largest difference. */
    private static float distance(float[] a, float[] b) {
        float most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most;
    }

    @ParameterizedTest
    @CsvSource({"F32, 0", "F16, 4e-3", "BF16, 4e-2"})
    void floatsAreKeptOrRounded(CheckpointFormat format, float tolerance) {
        Path converted = convert("tiny-a/st-f32", format);

        float[] exact = logits(Fixtures.model("tiny-a/st-f32"), WeightFormat.F32);
        assertThat(distance(logits(converted, WeightFormat.F32), exact)).isLessThanOrEqualTo(tolerance * range(exact));
        try (Checkpoint checkpoint = Checkpoint.open(converted)) {
            assertThat(checkpoint.tensors()).allSatisfy(tensor -> {
                assertThat(tensor.dataType()).hasToString(format.name());
                assertThat(tensor.name()).startsWith("transformer.");
            });
        }
    }

    @Test
    void theFolderHasWhatTheModelHad() throws IOException {
        Path source = Fixtures.model("tiny-a/st-f32");
        Path converted = convert("tiny-a/st-f32", CheckpointFormat.Q8);

        for (String name : new String[] {"vocab.json", "merges.txt", "generation_config.json"}) {
            if (Files.exists(source.resolve(name))) {
                assertThat(converted.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
            }
        }
        assertThat(converted.resolve("README.md")).content().contains("8-bit", source.toString());
        JsonNode config = Fixtures.json(converted.resolve("config.json"));
        assertThat(config.at("/quantization_config/quant_method").stringValue()).isEqualTo("confab-q8");
        assertThat(config.get("n_embd"))
                .isEqualTo(Fixtures.json(source.resolve("config.json")).get("n_embd"));

        Path back = convert(converted, CheckpointFormat.F16, folder.resolve("back"));
        JsonNode backConfig = Fixtures.json(back.resolve("config.json"));
        assertThat(backConfig.has("quantization_config")).isFalse();
        assertThat(backConfig.get("torch_dtype").stringValue()).isEqualTo("float16");
    }

    @Test
    void aFolderWithFilesIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("mine"), "mine");

        assertThatThrownBy(() -> convert(Fixtures.model("tiny-a/st-f32"), CheckpointFormat.F32, folder))
                .isInstanceOf(ConfabException.class)
                .hasMessageContaining("has files already");
        assertThat(folder.toFile().list()).containsExactly("mine");
        assertThat(file).hasContent("mine");
    }
}
