package dev.confab.server.openai;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationConfigBuilder;
import dev.confab.engine.generation.GenerationException;
import dev.confab.engine.generation.logits.LogitsProcessor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How replies are made: OpenAI's parameters in the engine's terms. What a request leaves out is as the operator has set it.
 *
 * @param config for the engine, without the length
 * @param replies how many for each prompt
 * @param stops texts that end a reply and do not belong to it
 * @param topLogProbabilities for how many tokens beside the chosen one log-probabilities are wanted; -1 for none at all
 * @param presencePenalty taken from the score of a token that the reply has already
 * @param frequencyPenalty taken from it once for each time
 * @param biases added to scores, by token
 */
record Sampling(
        GenerationConfig config,
        int replies,
        List<String> stops,
        int topLogProbabilities,
        double presencePenalty,
        double frequencyPenalty,
        Map<Integer, Float> biases) {
    private static final int MOST_STOPS = 16;
    private static final int MOST_TOP = 20;

    /** The engine's own options that may be given beside OpenAI's parameters, by their names in transformers. */
    private static final Set<String> ENGINE_OPTIONS = Set.of(
            "top_k",
            "min_p",
            "typical_p",
            "repetition_penalty",
            "no_repeat_ngram_size",
            "min_new_tokens",
            "num_beams",
            "length_penalty",
            "penalty_alpha");

    static Sampling read(
            Body body, int topLogProbabilities, GenerationConfig operator, LanguageModel model, Duration time) {
        int replies = body.integer("n", 1, 1, body.limits().replies());
        GenerationConfigBuilder config = withEngineOptions(body, operator).toBuilder()
                .maxTime((double) time.toMillis() / 1000)
                .numReturnSequences(replies);
        List<String> stops = body.texts("stop", MOST_STOPS);
        if (!stops.isEmpty()) {
            config.stopStrings(stops.toArray(String[]::new));
        }
        boolean beams = body.has("num_beams") || body.has("penalty_alpha");
        boolean samples = body.has("temperature") || body.has("top_p");
        if ((samples || replies > 1 || topLogProbabilities >= 0) && !beams) {
            // Beams or a search of the operator's have no independent replies and no probabilities of single tokens.
            config.numBeams(1).numBeamGroups(1);
        }
        if (beams && topLogProbabilities >= 0) {
            throw ApiException.unsupported("logprobs", "beams have no log-probabilities of single tokens");
        }
        double temperature = body.number("temperature", 1, 0, 2);
        if (samples) {
            config.doSample(temperature > 0);
            if (temperature > 0) {
                config.temperature(temperature).topP(body.number("top_p", 1, 0, 1));
            }
        } else if (replies > 1 && !beams) {
            config.doSample(true);
        }
        if (body.has("seed")) {
            config.seed(seed(body));
        }
        return new Sampling(
                config.outputScores(topLogProbabilities >= 0).build(),
                replies,
                stops,
                topLogProbabilities,
                body.number("presence_penalty", 0, -2, 2),
                body.number("frequency_penalty", 0, -2, 2),
                body.biases(model.config().vocabularySize()));
    }

    private static GenerationConfig withEngineOptions(Body body, GenerationConfig operator) {
        try {
            return GenerationConfig.fromJson(body.select(ENGINE_OPTIONS), Set.of())
                    .over(operator);
        } catch (GenerationException e) {
            throw ApiException.of(400, "invalid_request_error", String.valueOf(e.getMessage()), "invalid_value");
        }
    }

    private static long seed(Body body) {
        var value = body.json().get("seed");
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ApiException.invalid("seed", "'seed' is " + value + "; expected a whole number");
        }
        return value.longValue();
    }

    /** Reads how many log-probabilities a request for completions wants. */
    static int completionLogProbabilities(Body body) {
        return body.integer("logprobs", -1, 0, MOST_TOP);
    }

    /** Reads how many log-probabilities a request for chat completions wants. */
    static int chatLogProbabilities(Body body) {
        int top = body.integer("top_logprobs", 0, 0, MOST_TOP);
        if (!body.flag("logprobs")) {
            if (top > 0) {
                throw ApiException.invalid("top_logprobs", "'top_logprobs' needs 'logprobs' to be true");
            }
            return -1;
        }
        return top;
    }

    /** The rules on scores that the engine does not have. */
    List<LogitsProcessor> processors(int promptLength) {
        List<LogitsProcessor> processors = new ArrayList<>();
        if (presencePenalty != 0 || frequencyPenalty != 0) {
            processors.add((ids, length, scores) -> penalise(ids, promptLength, length, scores));
        }
        if (!biases.isEmpty()) {
            processors.add((_, _, scores) -> biases.forEach((token, bias) -> scores[token] += bias));
        }
        return processors;
    }

    /** Follows the formula in OpenAI's documentation. A reply is short, so looking back is cheaper than counting. */
    private void penalise(int[] ids, int from, int to, float[] scores) {
        for (int i = from; i < to; i++) {
            boolean before = false;
            for (int j = from; j < i && !before; j++) {
                before = ids[j] == ids[i];
            }
            scores[ids[i]] -= (float) (frequencyPenalty + (before ? 0 : presencePenalty));
        }
    }
}
