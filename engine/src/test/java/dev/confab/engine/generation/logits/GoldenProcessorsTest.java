package dev.confab.engine.generation.logits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.engine.Fixtures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every processor against the results of the one of transformers 4.45.1 whose rule it follows. */
final class GoldenProcessorsTest {
    private static final double TOLERANCE = 1e-5;

    @Test
    void everyProcessorGivesTheReferencesScores() {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> failures = new ArrayList<>();
        for (JsonNode golden : Fixtures.golden("processors").get("cases")) {
            String name = golden.get("processor").asString();
            for (int row = 0; row < golden.get("scores").size(); row++) {
                float[] scores = Golden.floats(golden.get("scores").get(row));
                int[] ids = golden.has("input_ids")
                        ? Golden.ints(golden.get("input_ids").get(row))
                        : new int[0];
                processor(name, golden).process(ids, ids.length, scores);
                double difference = Golden.difference(
                        scores, Golden.floats(golden.get("out").get(row)));
                if (difference > TOLERANCE) {
                    failures.add(name + " " + golden.get("params") + " row " + row + ": off by " + difference);
                }
            }
            counts.merge(name, 1, Integer::sum);
        }
        System.out.println("golden processor cases: "
                + counts.values().stream().mapToInt(Integer::intValue).sum() + " " + counts);
        assertThat(failures).isEmpty();
        assertThat(counts).hasSize(23);
    }

    private static LogitsProcessor processor(String name, JsonNode golden) {
        JsonNode params = golden.get("params");
        return switch (name) {
            case "TemperatureLogitsWarper" -> new Temperature(number(params, "temperature"));
            case "TopKLogitsWarper" -> new TopK(integer(params, "top_k"), keep(params));
            case "TopPLogitsWarper" -> new TopP(number(params, "top_p"), keep(params));
            case "MinPLogitsWarper" -> new MinP(number(params, "min_p"), keep(params));
            case "TypicalLogitsWarper" -> new TypicalP(number(params, "mass"), keep(params));
            case "EpsilonLogitsWarper" -> new EpsilonCutoff(number(params, "epsilon"), keep(params));
            case "EtaLogitsWarper" -> new EtaCutoff(number(params, "epsilon"), keep(params));
            case "RepetitionPenaltyLogitsProcessor" -> new RepetitionPenalty(number(params, "penalty"));
            case "EncoderRepetitionPenaltyLogitsProcessor" ->
                new EncoderRepetitionPenalty(number(params, "penalty"), ints(params.get("encoder_input_ids")));
            case "NoRepeatNGramLogitsProcessor" -> new NoRepeatNgram(integer(params, "ngram_size"));
            case "EncoderNoRepeatNGramLogitsProcessor" ->
                new EncoderNoRepeatNgram(integer(params, "encoder_ngram_size"), ints(params.get("encoder_input_ids")));
            case "NoBadWordsLogitsProcessor" ->
                new BadWords(lists(params.get("bad_words_ids")), new int[] {integer(params, "eos_token_id")});
            case "SequenceBiasLogitsProcessor" -> new SequenceBias(biases(params.get("sequence_bias")));
            case "MinLengthLogitsProcessor" ->
                new MinLength(integer(params, "min_length"), ints(params.get("eos_token_id")));
            case "MinNewTokensLengthLogitsProcessor" ->
                new MinNewTokens(
                        integer(params, "prompt_length_to_skip"),
                        integer(params, "min_new_tokens"),
                        ints(params.get("eos_token_id")));
            case "ForcedBOSTokenLogitsProcessor" -> new ForcedBosToken(integer(params, "bos_token_id"));
            case "ForcedEOSTokenLogitsProcessor" ->
                new ForcedEosToken(integer(params, "max_length"), ints(params.get("eos_token_id")));
            case "ExponentialDecayLengthPenalty" ->
                new ExponentialDecayLengthPenalty(
                        integer(params, "input_ids_seq_length"),
                        params.get("exponential_decay_length_penalty").get(0).asInt(),
                        params.get("exponential_decay_length_penalty").get(1).asDouble(),
                        ints(params.get("eos_token_id")));
            case "SuppressTokensLogitsProcessor" -> new SuppressTokens(ints(params.get("suppress_tokens")));
            case "SuppressTokensAtBeginLogitsProcessor" ->
                new BeginSuppressTokens(ints(params.get("begin_suppress_tokens")), integer(params, "begin_index"));
            case "LogitNormalization" -> new LogitNormalization();
            case "InfNanRemoveLogitsProcessor" -> new RemoveInvalidValues();
            case "HammingDiversityLogitsProcessor" -> diversity(golden);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static HammingDiversity diversity(JsonNode golden) {
        JsonNode params = golden.get("params");
        int beams = integer(params, "num_beams");
        int group = golden.get("beam_group_idx").asInt();
        var diversity = new HammingDiversity(number(params, "diversity_penalty"), beams);
        diversity.begin();
        for (int i = 0; i < group * (beams / integer(params, "num_beam_groups")); i++) {
            diversity.chose(golden.get("current_tokens").get(i).asInt());
        }
        return diversity;
    }

    private static List<SequenceBias.Biased> biases(JsonNode pairs) {
        List<SequenceBias.Biased> biases = new ArrayList<>();
        for (JsonNode pair : pairs) {
            biases.add(new SequenceBias.Biased(list(pair.get(0)), pair.get(1).asDouble()));
        }
        return biases;
    }

    private static List<List<Integer>> lists(JsonNode arrays) {
        List<List<Integer>> lists = new ArrayList<>();
        for (JsonNode array : arrays) {
            lists.add(list(array));
        }
        return lists;
    }

    private static List<Integer> list(JsonNode array) {
        return Arrays.stream(Golden.ints(array)).boxed().toList();
    }

    private static int[] ints(JsonNode array) {
        return Golden.ints(array.get(0).isArray() ? array.get(0) : array);
    }

    private static int keep(JsonNode params) {
        return integer(params, "min_tokens_to_keep");
    }

    private static int integer(JsonNode params, String name) {
        return params.get(name).asInt();
    }

    private static double number(JsonNode params, String name) {
        return params.get(name).asDouble();
    }
}
