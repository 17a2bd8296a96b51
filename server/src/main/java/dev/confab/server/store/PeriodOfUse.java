package dev.confab.server.store;

import java.time.Instant;

/**
 * How much was asked in a time, and how quickly it was answered.
 *
 * @param begin of the time
 * @param replies how many were asked for
 * @param failed how many of them failed
 * @param stopped how many of them the user stopped
 * @param owners how many people asked
 * @param secondsToFirst from the begin of a reply's work to its first text
 * @param tokensPerSecond how quickly the rest came, of replies whose tokens were counted
 */
public record PeriodOfUse(
        Instant begin,
        long replies,
        long failed,
        long stopped,
        long owners,
        Typical secondsToFirst,
        Typical tokensPerSecond) {
    /** A time in which nothing was asked. */
    static PeriodOfUse quiet(Instant begin) {
        return new PeriodOfUse(begin, 0, 0, 0, 0, Typical.NONE, Typical.NONE);
    }
}
