package dev.confab.server.store;

import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How much was asked in an hour, and how quickly it was answered.
 *
 * @param begin of the hour
 * @param replies how many were asked for
 * @param failed how many of them failed
 * @param stopped how many of them the user stopped
 * @param owners how many people asked
 * @param medianSecondsToFirst from the begin of a reply's work to its first text: half of the replies were as quick; empty
 *     if none came
 * @param slowSecondsToFirst the same for 95 of 100 replies
 */
public record HourOfUse(
        Instant begin,
        long replies,
        long failed,
        long stopped,
        long owners,
        OptionalDouble medianSecondsToFirst,
        OptionalDouble slowSecondsToFirst) {}
