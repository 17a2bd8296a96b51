package dev.confab.engine.generation;

/**
 * The two numbers of {@code exponential_decay_length_penalty}.
 *
 * @param start after how many new tokens the end becomes more likely
 * @param factor how fast it does, above 1
 */
public record LengthDecay(int start, double factor) {}
