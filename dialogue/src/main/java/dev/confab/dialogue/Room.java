package dev.confab.dialogue;

import dev.confab.engine.generation.GenerationConfig;

/**
 * How a model's positions are shared between what was said and the reply.
 *
 * @param config settings whose lengths the model can serve
 * @param promptTokens the most tokens of a prompt, at least 1
 */
record Room(GenerationConfig config, int promptTokens) {
    /** How many tokens are kept free for a reply where nothing says how long it may become. */
    private static final int REPLY_TOKENS = 64;

    static Room of(GenerationConfig config, int positions) {
        Integer maxNewTokens = config.maxNewTokens();
        if (maxNewTokens != null) {
            return new Room(config, Math.max(1, positions - Math.min(maxNewTokens, positions / 2)));
        }
        int limit = Math.clamp(config.maxLength(), 2, positions);
        return new Room(config.toBuilder().maxLength(limit).build(), limit - Math.clamp(limit / 4, 1, REPLY_TOKENS));
    }
}
