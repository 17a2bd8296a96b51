package dev.confab.engine.model;

import static dev.confab.engine.model.TestModels.ints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.tensor.WeightFormat;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * How often the likeliest token is the same in a rounded format as in floats, over all positions of the golden prompts:
 * a broken kernel agrees by chance only. The checkpoints have random weights, whose logits lie closer together than a
 * trained model's; the least shares are a little below what was measured.
 */
final class FormatAgreementTest {
    private static final Map<WeightFormat, Double> LEAST = new EnumMap<>(Map.of(
            WeightFormat.BF16, 0.95,
            WeightFormat.Q8, 0.9,
            WeightFormat.Q4, 0.3));

    @ParameterizedTest
    @ValueSource(strings = {"tiny-a", "tiny-b", "tiny-g"})
    void theLikeliestTokenIsMostlyThatOfFloats(String name) {
        JsonNode cases = Fixtures.golden("logits-" + name).path("logits");
        for (WeightFormat format : LEAST.keySet()) {
            int agreeing = 0;
            int positions = 0;
            try (Gpt2 exact = TestModels.load(name + "/st-f32");
                    Gpt2 rounded = TestModels.load(name + "/st-f32", format)) {
                for (JsonNode c : cases) {
                    int[] tokens = ints(c.path("input_ids"));
                    float[][] expected = TestModels.logits(exact, tokens, tokens.length);
                    // Token by token, as replies are generated.
                    float[][] actual = Forward.readOneByOne(rounded, tokens);
                    for (int i = 0; i < tokens.length; i++) {
                        positions++;
                        agreeing += TestModels.argmax(actual[i]) == TestModels.argmax(expected[i]) ? 1 : 0;
                    }
                }
            }
            double share = (double) agreeing / positions;
            System.out.printf(
                    "%s of %s: the likeliest token agrees at %d of %d positions%n",
                    format.label(), name, agreeing, positions);
            assertThat(share).as(name + " " + format).isGreaterThanOrEqualTo(LEAST.get(format));
        }
    }
}
