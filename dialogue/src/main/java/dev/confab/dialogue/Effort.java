package dev.confab.dialogue;

import dev.confab.engine.generation.GenerationResult;
import java.time.Duration;

/**
 * What a reply cost.
 *
 * @param promptTokens how many tokens of the conversation the model saw
 * @param reusedTokens how many of those it still knew from the turn before
 * @param computedTokens how many tokens of prompts it read anew, in all attempts together
 * @param generatedTokens how many tokens it generated, in all attempts and candidates together
 * @param attempts how many times it was asked; 0 if the reply is not its own
 * @param firstToken the time until the first token of the last attempt
 * @param total the time that all attempts took
 */
public record Effort(
        int promptTokens,
        int reusedTokens,
        int computedTokens,
        int generatedTokens,
        int attempts,
        Duration firstToken,
        Duration total) {
    /** No effort at all: the model was not asked. */
    public static final Effort NONE = new Effort(0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);

    /** Generated tokens per second of the time in which the model worked; 0 if it did not. */
    public double tokensPerSecond() {
        double seconds = total.toNanos() / 1e9;
        return seconds > 0 ? generatedTokens / seconds : 0;
    }

    /** This and one more attempt. */
    Effort plus(GenerationResult result) {
        int generated = result.sequences().stream()
                .mapToInt(sequence -> sequence.tokens().length)
                .sum();
        Duration duration = result.prefill().plus(result.decode());
        return new Effort(
                result.promptTokensComputed() + result.promptTokensReused(),
                result.promptTokensReused(),
                computedTokens + result.promptTokensComputed(),
                generatedTokens + generated,
                attempts + 1,
                total.plus(result.prefill()),
                total.plus(duration));
    }
}
