package dev.confab.ui.call;

import java.time.Duration;

/**
 * What keeps calls from piling up.
 *
 * @param queueSize how many calls may wait, at least 1
 * @param abandonedAfter when a call that nobody reads is cancelled
 * @param keptFor how long the result of a call that has ended can still be fetched
 */
public record CallLimits(int queueSize, Duration abandonedAfter, Duration keptFor) {
    /** A hundred waiting calls; half a minute without a reader; five minutes to fetch a result. */
    public static final CallLimits DEFAULT = new CallLimits(100, Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Checks the queue's size. */
    public CallLimits {
        if (queueSize < 1) {
            throw new IllegalArgumentException("the queue's size is " + queueSize + ", expected at least 1");
        }
    }
}
