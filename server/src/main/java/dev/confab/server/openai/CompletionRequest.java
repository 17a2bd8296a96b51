package dev.confab.server.openai;

import dev.confab.engine.LanguageModel;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads requests for {@code /v1/completions}. */
final class CompletionRequest {
    private static final int DEFAULT_TOKENS = 16;

    private static final Map<String, String> UNSUPPORTED =
            Map.of("suffix", "the model writes from left to right and cannot fill gaps");

    private CompletionRequest() {}

    /**
     * What a request asks for.
     *
     * @param operator how replies are made where the request says nothing
     * @param time the longest that a reply may take
     * @throws ApiException if the request cannot be served
     */
    static Task read(Body body, LanguageModel model, GenerationConfig operator, Duration time) {
        body.refuse(UNSUPPORTED);
        boolean echo = body.flag("echo");
        int positions = model.config().positions();
        int maxTokens = body.integer("max_tokens", DEFAULT_TOKENS, echo ? 0 : 1, positions);
        Sampling sampling = Sampling.read(body, Sampling.completionLogProbabilities(body), operator, model, time);
        int bestOf = body.integer("best_of", sampling.replies(), 1, Integer.MAX_VALUE);
        if (bestOf != sampling.replies()) {
            throw ApiException.unsupported("best_of", "only as many replies are made as 'n' asks for");
        }
        List<int[]> prompts = prompts(body, model);
        for (int[] prompt : prompts) {
            if (prompt.length + maxTokens > positions) {
                throw ApiException.tooLong(
                        "prompt",
                        "the model has room for " + positions + " tokens, but the prompt has " + prompt.length
                                + " and max_tokens is " + maxTokens + "; shorten one of them");
            }
        }
        return new Task(prompts, sampling, maxTokens, echo, Optional.empty());
    }

    private static List<int[]> prompts(Body body, LanguageModel model) {
        Tokenizer tokenizer = model.tokenizer();
        List<int[]> prompts = new ArrayList<>();
        JsonNode prompt = body.get("prompt");
        if (prompt == null) {
            prompts.add(new int[] {tokenizer.eosTokenId()});
        } else if (prompt.isString()) {
            prompts.add(encode(body, prompt, tokenizer));
        } else if (isTokens(prompt)) {
            prompts.add(tokens(prompt, model));
        } else if (prompt.isArray() && !prompt.isEmpty()) {
            for (JsonNode one : prompt) {
                prompts.add(one.isString() ? encode(body, one, tokenizer) : tokens(one, model));
            }
        } else {
            throw wrong(prompt);
        }
        int most = body.limits().replies();
        if (prompts.size() > most) {
            throw ApiException.invalid(
                    "prompt", "the request has " + prompts.size() + " prompts; at most " + most + " may be");
        }
        return prompts;
    }

    private static boolean isTokens(JsonNode prompt) {
        return prompt.isArray() && !prompt.isEmpty() && prompt.get(0).isIntegralNumber();
    }

    private static int[] encode(Body body, JsonNode prompt, Tokenizer tokenizer) {
        int[] tokens = tokenizer.encode(body.checked("prompt", prompt.stringValue()));
        return tokens.length == 0 ? new int[] {tokenizer.eosTokenId()} : tokens;
    }

    private static int[] tokens(@Nullable JsonNode prompt, LanguageModel model) {
        if (prompt == null || !isTokens(prompt)) {
            throw wrong(prompt);
        }
        int vocabulary = model.config().vocabularySize();
        int[] tokens = new int[prompt.size()];
        for (int i = 0; i < tokens.length; i++) {
            JsonNode token = prompt.get(i);
            if (!token.isInt() || token.intValue() < 0 || token.intValue() >= vocabulary) {
                throw ApiException.invalid(
                        "prompt",
                        "token " + i + " of the prompt is " + token + "; the vocabulary goes from 0 to "
                                + (vocabulary - 1));
            }
            tokens[i] = token.intValue();
        }
        return tokens;
    }

    private static ApiException wrong(@Nullable JsonNode prompt) {
        String found = String.valueOf(prompt);
        return ApiException.invalid(
                "prompt",
                "the prompt is " + found.substring(0, Math.min(found.length(), 100))
                        + "; expected a text, token ids, or a list of either");
    }
}
