package dev.confab.training.data;

/**
 * What a source gave.
 *
 * @param source where it came from
 * @param dialogues how many dialogues were read
 * @param turns how many turns they have
 * @param examples how many rows they became; dialogues with nothing to learn become none, long ones several
 * @param tokens how many ids these rows have, repeated context included
 * @param learnedTokens how many of them are learned
 * @param brokenLines how many lines were left out
 * @param excluded how many dialogues were left out on purpose
 */
public record SourceStatistics(
        DialogueSource source,
        long dialogues,
        long turns,
        int examples,
        long tokens,
        long learnedTokens,
        long brokenLines,
        long excluded) {}
