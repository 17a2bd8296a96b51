package dev.confab.app;

/**
 * What a benchmark measured: medians.
 *
 * @param prefillTokensPerSecond tokens of prompts read per second
 * @param decodeTokensPerSecond tokens generated per second, of all sequences together
 * @param firstTokenMillis from a prompt to its first new token
 * @param peakMegabytes the most memory that the process had in use
 * @param bandwidth bytes that all threads together read from memory per second
 * @param bandwidthShare the share of it that decoding uses, counting each weight once a step and each sequence's keys and
 *     values
 */
record BenchFigures(
        double prefillTokensPerSecond,
        double decodeTokensPerSecond,
        double firstTokenMillis,
        long peakMegabytes,
        double bandwidth,
        double bandwidthShare) {}
