package dev.confab.dialogue.ranking;

/**
 * A reply that might be given.
 *
 * @param text the reply
 * @param meanLogProbability the mean of the log-probabilities that the model gave to its tokens, at most 0; not a number
 *     if that is not known
 */
public record Proposal(String text, double meanLogProbability) {}
