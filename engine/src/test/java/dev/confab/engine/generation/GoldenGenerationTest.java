package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Golden;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every strategy with every kind of option against transformers 4.45.1: the same tokens, without exception. */
final class GoldenGenerationTest {
    @ParameterizedTest
    @ValueSource(strings = {"tiny-a", "tiny-b", "tiny-g"})
    void everyCaseGivesTheReferencesTokens(String name) {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        JsonNode newer =
                Fixtures.golden("generate-" + name + ".beam-differs-in-v4.57.1").get("different");
        try (Gpt2 model = TestModels.load(name + "/st-f32")) {
            Generator generator = Generator.of(model);
            for (JsonNode golden : Fixtures.golden("generate-" + name).get("cases")) {
                List<GenerationResult> results = generate(generator, golden);
                List<List<Integer>> actual = padded(golden, results);
                if (!actual.equals(sequences(golden)) && !accepted(newer, golden, actual)) {
                    failures.add(golden.get("id").asString() + " " + golden.get("kwargs") + "\n  expected "
                            + sequences(golden) + "\n  actual   " + actual);
                }
                checkScores(golden, newer, results, failures);
                counts.merge(kind(golden), 1, Integer::sum);
            }
        }
        System.out.println("golden generation cases of " + name + ": "
                + counts.values().stream().mapToInt(Integer::intValue).sum() + " " + counts);
        assertThat(failures).isEmpty();
        assertThat(counts).hasSizeGreaterThanOrEqualTo(6);
    }

    private static List<GenerationResult> generate(Generator generator, JsonNode golden) {
        JsonNode kwargs = golden.get("kwargs");
        GenerationConfig config = GenerationConfig.fromJson(kwargs, Set.of("negative_prompt_ids"));
        int rows = golden.get("input_ids").size();
        List<GenerationRequest> requests = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            GenerationRequest request = GenerationRequest.of(
                            Golden.ints(golden.get("input_ids").get(row)), config)
                    .withAttentionMask(Golden.ints(golden.get("attention_mask").get(row)));
            if (kwargs.has("negative_prompt_ids")) {
                request = request.withNegativePrompt(
                        Golden.ints(kwargs.get("negative_prompt_ids").get(row)));
            }
            if (golden.has("uniforms")) {
                request = request.withUniforms(strided(golden.get("uniforms"), row, rows));
            }
            requests.add(request);
        }
        return generator.generateAll(requests);
    }

    /** The reference draws for one row after the other, step by step. */
    private static UniformSource strided(JsonNode uniforms, int row, int rows) {
        int[] next = {row};
        return () -> {
            double uniform = uniforms.get(next[0]).asDouble();
            next[0] += rows;
            return uniform;
        };
    }

    /** Prompt and reply of all rows, filled up to the longest as the reference does. */
    private static List<List<Integer>> padded(JsonNode golden, List<GenerationResult> results) {
        List<List<Integer>> sequences = new ArrayList<>();
        for (int row = 0; row < results.size(); row++) {
            for (GeneratedSequence sequence : results.get(row).sequences()) {
                List<Integer> ids = list(Golden.ints(golden.get("input_ids").get(row)));
                ids.addAll(list(sequence.tokens()));
                sequences.add(ids);
            }
        }
        int longest = sequences.stream().mapToInt(List::size).max().orElse(0);
        int pad = golden.get("kwargs").get("pad_token_id").asInt();
        for (List<Integer> ids : sequences) {
            while (ids.size() < longest) {
                ids.add(pad);
            }
        }
        return sequences;
    }

    private static void checkScores(
            JsonNode golden, JsonNode newer, List<GenerationResult> results, List<String> failures) {
        if (!golden.has("sequences_scores")) {
            return;
        }
        List<Double> scores = results.stream()
                .flatMap(result -> result.sequences().stream())
                .map(GeneratedSequence::score)
                .toList();
        float[] expected = Golden.floats(golden.get("sequences_scores"));
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(scores.get(i) - expected[i]) < 1e-5 * Math.max(1, Math.abs(expected[i])))
                    && !accepted(newer, golden, padded(golden, results))) {
                failures.add(
                        golden.get("id").asString() + " score " + scores + ", expected " + Arrays.toString(expected));
                return;
            }
        }
    }

    private static boolean accepted(JsonNode newer, JsonNode golden, List<List<Integer>> actual) {
        for (JsonNode alternative : newer) {
            if (alternative.get("id").equals(golden.get("id"))
                    && sequences(alternative).equals(actual)) {
                return true;
            }
        }
        return false;
    }

    private static String kind(JsonNode golden) {
        String id = golden.get("id").asString();
        return id.replaceFirst("[0-9-].*", "");
    }

    private static List<List<Integer>> sequences(JsonNode golden) {
        List<List<Integer>> sequences = new ArrayList<>();
        for (JsonNode ids : golden.get("sequences")) {
            sequences.add(list(Golden.ints(ids)));
        }
        return sequences;
    }

    private static List<Integer> list(int[] ids) {
        return new ArrayList<>(Arrays.stream(ids).boxed().toList());
    }
}
