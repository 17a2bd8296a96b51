package dev.confab.server.access;

import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.BatchLimits;
import java.time.Duration;

/**
 * How much is done for one client, and for all.
 *
 * @param requestsPerMinute requests of one client in a minute, at least 1; as many may come at once
 * @param requestsAtOnce replies under way for one client, at least 1; further messages on the page wait in line
 * @param requestsInAll replies under way and waiting for all clients together, at least 1; as many messages of the page
 *     may wait besides
 * @param pageRepliesAtOnce replies to messages of the page that are made at the same time, at least 1; the other messages
 *     wait in line, and people see their place
 * @param replyTime the longest that a reply may take once it has begun
 * @param shutdownTime how long the server waits for replies under way when it is stopped
 */
public record TrafficLimits(
        int requestsPerMinute,
        int requestsAtOnce,
        int requestsInAll,
        int pageRepliesAtOnce,
        Duration replyTime,
        Duration shutdownTime) {
    private static final int DEFAULT_PER_MINUTE = 120;
    private static final int DEFAULT_AT_ONCE = 8;
    private static final int DEFAULT_IN_ALL = 256;
    /** As many as the model's batch takes. */
    private static final int DEFAULT_PAGE_AT_ONCE = BatchLimits.defaults().running();

    private static final Duration DEFAULT_REPLY_TIME = Duration.ofMinutes(2);
    private static final Duration DEFAULT_SHUTDOWN_TIME = Duration.ofSeconds(30);

    /**
     * Checks the ranges.
     *
     * @throws ConfabException if a number is not positive, or a time negative
     */
    public TrafficLimits {
        if (requestsPerMinute < 1 || requestsAtOnce < 1 || requestsInAll < 1 || pageRepliesAtOnce < 1) {
            throw new ConfabException("traffic limits: " + requestsPerMinute + " requests a minute, " + requestsAtOnce
                    + " at once, " + requestsInAll + " in all, " + pageRepliesAtOnce
                    + " of the page at once; each must be at least 1");
        }
        if (!replyTime.isPositive() || shutdownTime.isNegative()) {
            throw new ConfabException("traffic limits: " + replyTime + " for a reply must be positive, " + shutdownTime
                    + " for the shutdown not negative");
        }
    }

    /** 120 a minute, 8 at once, 256 in all, 64 of the page at once, 2 minutes for a reply, 30 seconds for the shutdown. */
    public static TrafficLimits defaults() {
        return new TrafficLimits(
                DEFAULT_PER_MINUTE,
                DEFAULT_AT_ONCE,
                DEFAULT_IN_ALL,
                DEFAULT_PAGE_AT_ONCE,
                DEFAULT_REPLY_TIME,
                DEFAULT_SHUTDOWN_TIME);
    }

    /** With another number of requests a minute. */
    public TrafficLimits withRequestsPerMinute(int requests) {
        return new TrafficLimits(requests, requestsAtOnce, requestsInAll, pageRepliesAtOnce, replyTime, shutdownTime);
    }

    /** With another number of replies under way for one client. */
    public TrafficLimits withRequestsAtOnce(int requests) {
        return new TrafficLimits(
                requestsPerMinute, requests, requestsInAll, pageRepliesAtOnce, replyTime, shutdownTime);
    }

    /** With another number of replies under way and waiting in all. */
    public TrafficLimits withRequestsInAll(int requests) {
        return new TrafficLimits(
                requestsPerMinute, requestsAtOnce, requests, pageRepliesAtOnce, replyTime, shutdownTime);
    }

    /** With another number of replies to messages of the page that are made at the same time. */
    public TrafficLimits withPageRepliesAtOnce(int replies) {
        return new TrafficLimits(requestsPerMinute, requestsAtOnce, requestsInAll, replies, replyTime, shutdownTime);
    }

    /** With another time for a reply. */
    public TrafficLimits withReplyTime(Duration time) {
        return new TrafficLimits(
                requestsPerMinute, requestsAtOnce, requestsInAll, pageRepliesAtOnce, time, shutdownTime);
    }

    /** With another time for the shutdown. */
    public TrafficLimits withShutdownTime(Duration time) {
        return new TrafficLimits(requestsPerMinute, requestsAtOnce, requestsInAll, pageRepliesAtOnce, replyTime, time);
    }
}
