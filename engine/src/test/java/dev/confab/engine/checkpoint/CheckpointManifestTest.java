package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every tensor of every file that the reference wrote: name, type, shape, order, and each element by checksum. */
final class CheckpointManifestTest {
    private static final String NESTED_PREFIX = "model_state_dict/";

    /** In the manifest, but too large for the repository; tiny-a has the same kind of file. */
    private static final List<String> LEFT_OUT = List.of("tiny-g/ms-pkl");

    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> tensorsByType = new TreeMap<>();
    private int files;

    @ParameterizedTest
    @CsvSource({"tiny-a, 27", "tiny-g, 1"})
    void everyFileOfTheManifestLoadsBitForBit(String model, int expectedFiles) {
        JsonNode manifest = Fixtures.json(Fixtures.model(model + "/manifest.json"));
        manifest.forEachEntry((folder, entries) -> {
            if (LEFT_OUT.contains(model + "/" + folder)) {
                return;
            }
            for (JsonNode entry : entries) {
                checkFile(
                        Fixtures.model(model).resolve(folder, entry.get("file").stringValue()), entry);
            }
        });
        System.out.println("manifest of " + model + ": " + files + " files, tensors by type " + tensorsByType);
        assertThat(failures).isEmpty();
        assertThat(files).isEqualTo(expectedFiles);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "st-f32",
                "st-f16",
                "st-bf16",
                "st-gpt2hub",
                "st-mixed",
                "st-sharded",
                "bin-zip-f32",
                "bin-zip-f16",
                "bin-zip-bf16",
                "bin-legacy-f32",
                "bin-legacy-f16",
                "bin-sharded"
            })
    void aFolderHoldsTheTensorsOfAllItsFiles(String folder) {
        JsonNode entries = Fixtures.json(Fixtures.model("tiny-a/manifest.json")).get(folder);
        var names = new ArrayList<String>();
        var files = new ArrayList<Path>();
        for (JsonNode entry : entries) {
            files.add(Fixtures.model("tiny-a").resolve(folder, entry.get("file").stringValue()));
            entry.get("tensors").forEach(tensor -> names.add(tensor.get("name").stringValue()));
        }
        try (var checkpoint = Checkpoint.open(Fixtures.model("tiny-a/" + folder))) {
            assertThat(checkpoint.names()).containsExactlyInAnyOrderElementsOf(names);
            assertThat(checkpoint.files()).containsExactlyInAnyOrderElementsOf(files);
            assertThat(checkpoint.tensors())
                    .extracting(StoredTensor::name)
                    .containsExactlyElementsOf(checkpoint.names());
        }
    }

    private void checkFile(Path path, JsonNode entry) {
        files++;
        List<String> expected = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (var arena = Arena.ofConfined();
                var checkpoint = Checkpoint.open(path)) {
            Map<String, StoredTensor> outside = tensorsOutsideTheStateDict(path, arena);
            for (JsonNode tensor : entry.get("tensors")) {
                String name = tensor.get("name").stringValue();
                if (outside.containsKey(name)) {
                    checkTensor(outside.get(name), tensor);
                    continue;
                }
                String inside = name.startsWith(NESTED_PREFIX) ? name.substring(NESTED_PREFIX.length()) : name;
                expected.add(inside);
                checkpoint.tensor(inside).ifPresent(stored -> checkTensor(stored, tensor));
            }
            found.addAll(checkpoint.names());
            assertThat(path).hasSize(entry.get("bytes").longValue());
        }
        if (!found.equals(expected)) {
            failures.add(path + ": names " + found + ", expected " + expected);
        }
    }

    /** A training checkpoint has tensors beside its state dict; the public way leaves them out. */
    private static Map<String, StoredTensor> tensorsOutsideTheStateDict(Path path, Arena arena) {
        var tensors = new TreeMap<String, StoredTensor>();
        if (path.endsWith("nested.bin")) {
            TorchFile file = TorchZipFile.read(MappedFile.map(path, arena));
            file.tensors((Map<?, ?>) file.value()).forEach(tensor -> tensors.put(tensor.name(), tensor));
            assertThat(tensors).containsOnlyKeys("rng", "i32", "i16", "i8");
        }
        return tensors;
    }

    private void checkTensor(StoredTensor stored, JsonNode expected) {
        tensorsByType.merge(stored.dataType().name(), 1, Integer::sum);
        var shape = new ArrayList<Long>();
        expected.get("shape").forEach(size -> shape.add(size.longValue()));
        String where = stored.file() + ": " + stored;
        if (!stored.dataType().name().equals(expected.get("dtype").stringValue())
                || !stored.shape().equals(shape)) {
            failures.add(where + ", expected " + expected.get("dtype") + " " + shape);
        }
        float[] elements = new float[(int) stored.elementCount()];
        stored.readFloats(0, elements, 0, elements.length);
        if (!checksum(stored.dataType(), elements).equals(expected.get("sha256").stringValue())) {
            failures.add(where + ": another checksum");
        }
        for (int i = 0; i < expected.get("first").size(); i++) {
            if (elements[i] != expected.get("first").get(i).floatValue()) {
                failures.add(where + ": element " + i + " is " + elements[i]);
            }
        }
    }

    /** Goes back to the stored type, which is exact: the F64 tensors were made from single precision. */
    private static String checksum(DataType type, float[] elements) {
        var bytes = ByteBuffer.allocate(elements.length * type.byteSize()).order(ByteOrder.LITTLE_ENDIAN);
        for (float element : elements) {
            switch (type) {
                case F64 -> bytes.putDouble(element);
                case F32 -> bytes.putFloat(element);
                case F16 -> bytes.putShort(Float.floatToFloat16(element));
                case BF16 -> bytes.putShort((short) (Float.floatToRawIntBits(element) >>> 16));
                case I64 -> bytes.putLong((long) element);
                case I32 -> bytes.putInt((int) element);
                case I16 -> bytes.putShort((short) element);
                case I8, U8, BOOL -> bytes.put((byte) (int) element);
            }
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
