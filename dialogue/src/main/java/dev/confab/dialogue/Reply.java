package dev.confab.dialogue;

import dev.confab.engine.generation.FinishReason;
import java.time.Duration;

/**
 * What the chatbot said.
 *
 * @param text the reply, without the token that ends it; perhaps empty
 * @param finishReason why it ended where it ended
 * @param tokens how many tokens it has
 * @param promptTokens how many tokens of the conversation the model saw
 * @param reusedTokens how many of those it still knew from the turn before
 * @param firstToken the time until its first token
 * @param total the time that it took in all
 */
public record Reply(
        String text,
        FinishReason finishReason,
        int tokens,
        int promptTokens,
        int reusedTokens,
        Duration firstToken,
        Duration total) {}
