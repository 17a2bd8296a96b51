package dev.confab.dialogue.guard;

import dev.confab.engine.generation.GenerationConfig;
import dev.confab.engine.generation.GenerationOption;

/**
 * What changes from one attempt at a reply to the next.
 *
 * <ol start="0">
 *   <li>The settings as they are.
 *   <li>Drawn rather than searched for, at a temperature of at least 0.8 from the most probable 90 %; what was said
 *       already gets less likely ({@code repetition_penalty} of at least 1.2), three words do not come again
 *       ({@code no_repeat_ngram_size} 3), and there are at least two tokens.
 *   <li>The same at a temperature of at least 1.1 and a penalty of at least 1.3; and the model sees only persona and what
 *       was said last, as it is mostly the history that draws a reply into repetition.
 * </ol>
 */
public final class RetryLadder {
    /** How many attempts there are, the first included. */
    public static final int ATTEMPTS = 3;

    private RetryLadder() {}

    /**
     * The settings for an attempt.
     *
     * @param attempt from 0 to {@link #ATTEMPTS}, exclusive
     */
    public static GenerationConfig settings(GenerationConfig config, int attempt) {
        if (attempt == 0) {
            return config;
        }
        double temperature = config.doSample() ? config.temperature() : 0;
        return drawn(config).toBuilder()
                .temperature(Math.max(temperature, attempt == 1 ? 0.8 : 1.1))
                .repetitionPenalty(Math.max(config.repetitionPenalty(), attempt == 1 ? 1.2 : 1.3))
                .noRepeatNgramSize(config.noRepeatNgramSize() == 0 ? 3 : config.noRepeatNgramSize())
                .minNewTokens(2)
                .build();
    }

    /** Whether the model sees only what was said last. */
    public static boolean forgetsHistory(int attempt) {
        return attempt >= 2;
    }

    /** The settings for replies that differ from each other: unless they draw already, they do from now on. */
    public static GenerationConfig drawn(GenerationConfig config) {
        var drawn = config.toBuilder().doSample(true).numBeams(1).numBeamGroups(1);
        if (!config.doSample()) {
            drawn.temperature(0.8).topP(0.9);
        }
        return drawn.penaltyAlpha(0)
                .diversityPenalty(0)
                .unset(GenerationOption.FORCE_WORDS_IDS)
                .unset(GenerationOption.PROMPT_LOOKUP_NUM_TOKENS)
                .build();
    }
}
