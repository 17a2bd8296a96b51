package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import dev.confab.engine.generation.logits.Golden;
import dev.confab.engine.generation.logits.LogitsProcessor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whole lists of processors, in the order in which transformers 4.45.1 builds them. */
final class GoldenChainsTest {
    private static final Map<String, String> THEIR_NAMES = Map.ofEntries(
            Map.entry("Temperature", "TemperatureLogitsWarper"),
            Map.entry("TopK", "TopKLogitsWarper"),
            Map.entry("TopP", "TopPLogitsWarper"),
            Map.entry("MinP", "MinPLogitsWarper"),
            Map.entry("TypicalP", "TypicalLogitsWarper"),
            Map.entry("EpsilonCutoff", "EpsilonLogitsWarper"),
            Map.entry("EtaCutoff", "EtaLogitsWarper"),
            Map.entry("LogitNormalization", "LogitNormalization"),
            Map.entry("RepetitionPenalty", "RepetitionPenaltyLogitsProcessor"),
            Map.entry("EncoderRepetitionPenalty", "EncoderRepetitionPenaltyLogitsProcessor"),
            Map.entry("NoRepeatNgram", "NoRepeatNGramLogitsProcessor"),
            Map.entry("EncoderNoRepeatNgram", "EncoderNoRepeatNGramLogitsProcessor"),
            Map.entry("BadWords", "NoBadWordsLogitsProcessor"),
            Map.entry("SequenceBias", "SequenceBiasLogitsProcessor"),
            Map.entry("MinLength", "MinLengthLogitsProcessor"),
            Map.entry("MinNewTokens", "MinNewTokensLengthLogitsProcessor"),
            Map.entry("RemoveInvalidValues", "InfNanRemoveLogitsProcessor"),
            Map.entry("ExponentialDecayLengthPenalty", "ExponentialDecayLengthPenalty"),
            Map.entry("SuppressTokens", "SuppressTokensLogitsProcessor"),
            Map.entry("BeginSuppressTokens", "SuppressTokensAtBeginLogitsProcessor"));

    @Test
    void everyChainHasTheReferencesOrderAndScores() {
        int count = 0;
        for (JsonNode golden : Fixtures.golden("processors").get("chains")) {
            // The chains were made for a vocabulary of 64 whose last token ends a sequence.
            GenerationConfig config = GenerationConfig.fromJson(golden.get("kwargs"), Set.of())
                    .over(GenerationConfig.builder().eosTokenId(63).build());
            int[] ids = Golden.ints(golden.get("input_ids"));
            int[] prompt = Arrays.copyOf(ids, golden.get("prompt_length").asInt());
            LogitsProcessors chain = LogitsProcessors.of(config, prompt);
            assertThat(names(chain)).containsExactlyElementsOf(order(golden));
            float[] scores = Golden.floats(golden.get("scores").get(0));
            chain.process(ids, ids.length, scores);
            float[] expected = Golden.floats(golden.get("out").get(0));
            assertThat(Golden.difference(scores, expected)).as("%s", config).isLessThan(1e-5);
            count++;
        }
        System.out.println("golden processor chains: " + count);
        assertThat(count).isEqualTo(7);
    }

    private static List<String> names(LogitsProcessors chain) {
        return chain.processors().stream()
                .map(LogitsProcessor::getClass)
                .map(type -> THEIR_NAMES.get(type.getSimpleName()))
                .toList();
    }

    private static List<String> order(JsonNode golden) {
        return golden.get("order").valueStream().map(JsonNode::asString).toList();
    }
}
