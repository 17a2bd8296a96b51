package dev.confab.engine.generation;

/**
 * One of the sequences that a beam search grows.
 *
 * @param sequence prompt and tokens so far
 * @param lane its way through the model
 * @param score the sum of its log-probabilities
 */
record Beam(TokenSequence sequence, Lane lane, float score) {}
