package dev.confab.server.openai;

import org.jspecify.annotations.Nullable;

/**
 * A token with its log-probability.
 *
 * @param token its text; half a character shows as a replacement character
 * @param offset where it begins in the text of the choice, in characters
 * @param logProbability the model's own; not a number for the first token of all, which nothing stands before
 * @param top the likeliest tokens in its place; null for the first token of all
 */
record TokenScore(String token, int offset, float logProbability, TokenProbabilities.@Nullable Top top) {}
