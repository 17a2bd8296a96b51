package dev.confab.dialogue;

import dev.confab.engine.generation.GenerationConfig;

/**
 * How a model's positions are shared between what was said and the reply.
 *
 * @param config settings whose lengths the model can serve
 * @param promptTokens the most tokens of a prompt, at least 1
 */
record Room(GenerationConfig config, int promptTokens) {
    static Room of(GenerationConfig config, int positions) {
        Integer maxNewTokens = config.maxNewTokens();
        if (maxNewTokens != null) {
            return new Room(config, Math.max(1, positions - Math.min(maxNewTokens, positions / 2)));
        }
        int limit = Math.clamp(config.maxLength(), 2, positions);
        return new Room(
                config.toBuilder().maxLength(limit).build(),
                limit - Math.clamp(limit / 4, 1, Chatbot.DEFAULT_REPLY_TOKENS));
    }
}
