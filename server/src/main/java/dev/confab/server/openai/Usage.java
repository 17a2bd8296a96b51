package dev.confab.server.openai;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a request cost.
 *
 * @param promptTokens tokens of all prompts
 * @param cachedTokens how many of them the model had read before
 * @param completionTokens tokens of all replies
 */
record Usage(int promptTokens, int cachedTokens, int completionTokens) {
    Usage plus(Usage other) {
        return new Usage(
                promptTokens + other.promptTokens,
                cachedTokens + other.cachedTokens,
                completionTokens + other.completionTokens);
    }

    ObjectNode json() {
        ObjectNode json = Json.object()
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens);
        json.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens);
        return json;
    }
}
