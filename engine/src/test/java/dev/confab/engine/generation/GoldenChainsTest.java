package dev.confab.engine.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void theRulesAloneCanBeAppliedAndCheckTheirInput() {
        float[] scores = {1, 2, 3, 4};
        GenerationConfig config = GenerationConfig.builder()
                .repetitionPenalty(2)
                .suppressTokens(3)
                .build();
        LogitsProcessors.process(config, new int[] {0, 2}, 1, scores);
        assertThat(scores).containsExactly(0.5f, 2, 1.5f, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> LogitsProcessors.process(config, new int[] {0, 4}, 1, scores))
                .hasMessageContaining("token 1 of the input_ids is 4; the model's vocabulary goes from 0 to 3");
        assertThatThrownBy(() -> LogitsProcessors.process(config, new int[] {0, 2}, 3, scores))
                .hasMessage("prompt_length is 3; it must be from 0 to the 2 input_ids");
        GenerationConfig outside =
                GenerationConfig.builder().badWordsIds(List.of(List.of(9))).build();
        assertThatThrownBy(() -> LogitsProcessors.process(outside, new int[] {0}, 1, scores))
                .hasMessage("bad_words_ids is [9]; it must be made of ids of the vocabulary, from 0 to 3");
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
