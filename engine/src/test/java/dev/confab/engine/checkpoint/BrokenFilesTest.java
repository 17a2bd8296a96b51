package dev.confab.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Broken, hostile and corner-case files, against what safetensors 0.4.1 and torch.load(weights_only=True) do. */
final class BrokenFilesTest {
    /** Torch loads this one and shows memory that is not the file's; Confab is stricter. */
    private static final String STRICTER_THAN_TORCH = "bad-short-storage.bin";

    /** What each message must say besides the file's name. */
    private static final Map<String, List<String>> FAULTS = Map.ofEntries(
            Map.entry("bad-7-bytes.safetensors", List.of("only 7 bytes")),
            Map.entry("bad-dtype.safetensors", List.of("dtype", "'a'", "F33")),
            Map.entry("bad-empty-file.safetensors", List.of("is empty")),
            Map.entry("bad-empty.bin", List.of("is empty")),
            Map.entry("bad-garbage.bin", List.of("no file of torch.save", "begins with the bytes 00")),
            Map.entry("bad-header-huge.safetensors", List.of("header of", "limit is 100000000")),
            Map.entry("bad-header-longer-than-file.safetensors", List.of("header of", "only 160 follow")),
            Map.entry("bad-header-over-100MB.safetensors", List.of("header of 100000001 bytes", "limit is 100000000")),
            Map.entry("bad-html.bin", List.of("web page")),
            Map.entry("bad-json.safetensors", List.of("not the JSON", "nope")),
            Map.entry("bad-lfs-pointer.bin", List.of("Git LFS pointer", "git lfs pull")),
            Map.entry("bad-lfs-pointer.safetensors", List.of("Git LFS pointer", "git lfs pull")),
            Map.entry("bad-metadata-not-strings.safetensors", List.of("__metadata__.n", "VALUE_STRING")),
            Map.entry("bad-missing-field.safetensors", List.of("'a'", "expected dtype, shape and data_offsets")),
            Map.entry("bad-missing-storage.bin", List.of("'a'", "storage '0'", "does not have")),
            Map.entry("bad-negative-shape.safetensors", List.of("'shape' of tensor 'a'", "-2")),
            Map.entry("bad-not-object.safetensors", List.of("header is START_ARRAY", "expected START_OBJECT")),
            Map.entry("bad-offsets-hole.safetensors", List.of("'b'", "[28, 36]", "expected to begin at 24")),
            Map.entry("bad-offsets-overlap.safetensors", List.of("'b'", "[16, 24]", "expected to begin at 24")),
            Map.entry("bad-offsets-reversed.safetensors", List.of("'a'", "[24, 0]")),
            Map.entry("bad-plain-pickle.bin", List.of("Python pickle", "torch.save did not write it")),
            Map.entry("bad-shape-overflow.safetensors", List.of("'a'", "[4611686018427387904, 4]")),
            Map.entry("bad-short-storage.bin", List.of("storage '0'", "12 bytes", "expected 6 elements of F32")),
            Map.entry("bad-size-mismatch.safetensors", List.of("'a' takes 24 bytes, expected 32", "F32 [2, 4]")),
            Map.entry("bad-trailing-data.safetensors", List.of("40 bytes of data (the file 176), expected 32")),
            Map.entry(
                    "bad-truncated-data.safetensors",
                    List.of("20 bytes of data (the file 156), expected 32", "truncated")),
            Map.entry("bad-truncated-legacy-pickle.bin", List.of("needs 13 more bytes at byte 58", "only 2 remain")),
            Map.entry("bad-truncated-legacy.bin", List.of("needs 24 bytes at byte 343", "only 14", "357", "truncated")),
            Map.entry("bad-truncated-zip.bin", List.of("366 bytes", "truncated")),
            Map.entry("bad-utf8.safetensors", List.of("UTF-8")),
            Map.entry("evil-getenv.bin", List.of("refused", "os.getenv")),
            Map.entry("evil-print-legacy.bin", List.of("refused", "__builtin__.print")),
            Map.entry("evil-print-zip.bin", List.of("refused", "__builtin__.print")),
            Map.entry("global-module.bin", List.of("refused", "torch.nn.modules.linear.Linear")),
            Map.entry("global-numpy-scalar.bin", List.of("refused", "numpy.core.multiarray.scalar")));

    private static final Map<String, DataType> TORCH_TYPES =
            Map.of("torch.float32", DataType.F32, "torch.float16", DataType.F16, "torch.uint8", DataType.U8);

    private final List<String> failures = new ArrayList<>();

    @Test
    void everyFileLoadsOrIsRefusedAsTheReferenceDoes() {
        int loaded = 0;
        int refused = 0;
        for (JsonNode entry : Fixtures.json(Fixtures.model("bad/expected.json")).get("files")) {
            String name = entry.get("file").stringValue();
            String reference = entry.has("reference")
                    ? entry.get("reference").stringValue()
                    : entry.get("torch_load_weights_only").stringValue();
            if (reference.equals("loads") && !name.equals(STRICTER_THAN_TORCH)) {
                loaded++;
                checkLoads(name, entry);
            } else {
                refused++;
                checkRefused(name);
            }
        }
        System.out.println("broken and corner-case files: " + loaded + " load, " + refused + " are refused");
        assertThat(failures).isEmpty();
        assertThat(refused).isEqualTo(FAULTS.size());
        assertThat(loaded).isPositive();
    }

    private void checkLoads(String name, JsonNode entry) {
        try (var checkpoint = Checkpoint.open(Fixtures.model("bad/" + name))) {
            var expected = new HashMap<String, String>();
            if (entry.has("tensors")) {
                entry.get("tensors")
                        .forEachEntry((tensor, type) -> expected.put(
                                tensor,
                                TORCH_TYPES.get(type.get(0).stringValue()) + " "
                                        + type.get(1).toString().replace(",", ", ")));
            } else {
                expected.put("a", "F32 [2, 3]");
            }
            var found = new HashMap<String, String>();
            checkpoint.tensors().forEach(tensor -> found.put(tensor.name(), tensor.dataType() + " " + tensor.shape()));
            if (!found.equals(expected)) {
                failures.add(name + ": " + found + ", expected " + expected);
            }
        } catch (CheckpointException e) {
            failures.add(name + ": refused with " + e.getMessage());
        }
    }

    private void checkRefused(String name) {
        List<String> faults = FAULTS.getOrDefault(name, List.of("(no fault is listed for this file)"));
        try (var checkpoint = Checkpoint.open(Fixtures.model("bad/" + name))) {
            failures.add(name + ": loads " + checkpoint.names());
        } catch (CheckpointException e) {
            String message = String.valueOf(e.getMessage());
            for (String fault : faults) {
                if (!message.contains(fault) || !message.contains(name)) {
                    failures.add("'" + message + "' does not say '" + fault + "'");
                }
            }
        }
    }
}
