package dev.confab.ui.call;

import java.time.Duration;

/**
 * What keeps calls from piling up.
 *
 * @param queueSize how many calls may wait, at least 1
 * @param visitorLimit how many calls of one visitor run at once, at least 1; {@link Integer#MAX_VALUE} for any number
 * @param abandonedAfter when a call that nobody reads is cancelled
 * @param keptFor how long the result of a call that has ended can still be fetched
 */
public record CallLimits(int queueSize, int visitorLimit, Duration abandonedAfter, Duration keptFor) {
    /** A hundred waiting calls; half a minute without a reader; five minutes to fetch a result. */
    public static final CallLimits DEFAULT =
            new CallLimits(100, Integer.MAX_VALUE, Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Checks the numbers. */
    public CallLimits {
        if (queueSize < 1 || visitorLimit < 1) {
            throw new IllegalArgumentException("the queue's size is " + queueSize + " and a visitor's limit "
                    + visitorLimit + ", expected at least 1");
        }
    }

    /** The same with another queue. */
    public CallLimits withQueueSize(int size) {
        return new CallLimits(size, visitorLimit, abandonedAfter, keptFor);
    }

    /** The same with another limit for one visitor. */
    public CallLimits withVisitorLimit(int limit) {
        return new CallLimits(queueSize, limit, abandonedAfter, keptFor);
    }

    /** The same with another time until calls that nobody reads are cancelled. */
    public CallLimits withAbandonedAfter(Duration time) {
        return new CallLimits(queueSize, visitorLimit, time, keptFor);
    }

    /** How many calls of one visitor may wait: where visitors are limited, half of the queue is left to others. */
    int placesOfVisitor() {
        return visitorLimit == Integer.MAX_VALUE ? queueSize : Math.max(1, queueSize / 2);
    }
}
