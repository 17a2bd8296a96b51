package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Golden;
import dev.confab.engine.model.Gpt2;
import dev.confab.engine.model.TestModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Bad and unusual arguments: what transformers 4.45.1 refuses is refused by name, what it accepts gives its tokens. */
final class GoldenErrorsTest {
    /** Where the reference runs out of position embeddings and fails, the reply ends with the last position. */
    private static final Set<String> ENDS_AT_THE_LAST_POSITION =
            Set.of("max_length beyond n_positions", "prompt exactly n_positions, 2 new tokens");

    private int refused;
    private int accepted;

    @Test
    void everyCaseIsRefusedOrAcceptedAsInTheReference() {
        List<String> failures = new ArrayList<>();
        JsonNode cases = Fixtures.golden("generate-errors-tiny-a").get("cases");
        try (Gpt2 model = TestModels.load("tiny-a/st-f32")) {
            Generator generator = Generator.of(model)
                    .withDefaults(GenerationConfig.builder().padTokenId(511).build());
            for (JsonNode golden : cases) {
                String failure = check(generator, golden);
                if (failure != null) {
                    failures.add(golden.get("case").asString() + ": " + failure);
                }
            }
        }
        System.out.println(
                "golden argument cases: " + cases.size() + ", refused " + refused + ", accepted " + accepted);
        assertThat(failures).isEmpty();
        assertThat(refused + accepted).isEqualTo(59);
    }

    private @Nullable String check(Generator generator, JsonNode golden) {
        String name = golden.get("case").asString();
        boolean refuses = golden.has("error") && !ENDS_AT_THE_LAST_POSITION.contains(name);
        try {
            GenerationResult result = generator.generate(request(golden));
            accepted++;
            if (refuses) {
                return "accepted, expected " + golden.get("message");
            }
            return ENDS_AT_THE_LAST_POSITION.contains(name)
                    ? checkLastPosition(golden, result)
                    : checkTokens(golden, result);
        } catch (GenerationException e) {
            refused++;
            String option = name.replaceFirst("[ ,].*", "");
            boolean named = !option.contains("_")
                    || option.equals("input_ids")
                    || String.valueOf(e.getMessage()).contains(option);
            return refuses && named ? null : "refused with " + e.getMessage();
        }
    }

    private static GenerationRequest request(JsonNode golden) {
        GenerationConfig config = GenerationConfig.fromJson(golden.get("kwargs"), Set.of());
        JsonNode ids = golden.get("input_ids");
        return ids.isNull()
                ? GenerationRequest.fromStart(config)
                : GenerationRequest.of(Golden.ints(ids.get(0)), config);
    }

    private static @Nullable String checkTokens(JsonNode golden, GenerationResult result) {
        int[] actual = result.sequence().tokens();
        if (!golden.has("sequences")) {
            return actual.length > 0 ? null : "nothing generated";
        }
        int[] all = Golden.ints(golden.get("sequences").get(0));
        int[] expected = Arrays.copyOfRange(all, all.length - actual.length, all.length);
        int prompt = golden.get("input_ids").isNull()
                ? 1
                : golden.get("input_ids").get(0).size();
        return all.length == prompt + actual.length && Arrays.equals(actual, expected)
                ? null
                : "gave " + Arrays.toString(actual) + ", expected " + Arrays.toString(all);
    }

    private static @Nullable String checkLastPosition(JsonNode golden, GenerationResult result) {
        int total = golden.get("input_ids").get(0).size() + result.sequence().tokens().length;
        return total == 129 && result.sequence().finishReason() == FinishReason.LENGTH ? null : "ended at " + total;
    }
}
