package dev.confab.telegram;

import java.time.Duration;

/**
 * How fast a bot writes. Telegram allows about thirty messages a second in all, one a second in a chat, twenty a minute in
 * a group, and edits count too.
 *
 * @param perSecond messages and edits a second, in all
 * @param perChatPerMinute messages and edits a minute in a private chat; a few may come at once
 * @param perGroupPerMinute messages and edits a minute in a group
 * @param streamAfter how long a reply may take before what there is of it is shown
 * @param betweenEdits the time between edits of a reply that is being made
 * @param typing the time after which Telegram is told again that the bot is typing; it shows that for five seconds
 */
public record Pace(
        int perSecond,
        int perChatPerMinute,
        int perGroupPerMinute,
        Duration streamAfter,
        Duration betweenEdits,
        Duration typing) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a rate is below 1 or a time negative or zero
     */
    public Pace {
        if (perSecond < 1 || perChatPerMinute < 1 || perGroupPerMinute < 1) {
            throw new IllegalArgumentException(
                    "rates are 1 or more, found " + perSecond + ", " + perChatPerMinute + ", " + perGroupPerMinute);
        }
        if (!streamAfter.isPositive() || !betweenEdits.isPositive() || !typing.isPositive()) {
            throw new IllegalArgumentException(
                    "times are above 0, found " + streamAfter + ", " + betweenEdits + ", " + typing);
        }
    }

    /** What Telegram allows; a reply is shown while it is made if it takes more than two seconds. */
    public static Pace defaults() {
        return new Pace(30, 60, 20, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(4));
    }

    /** With other times for replies that are shown while they are made. */
    public Pace withStreaming(Duration after, Duration between, Duration typingAgain) {
        return new Pace(perSecond, perChatPerMinute, perGroupPerMinute, after, between, typingAgain);
    }

    /** With other rates. */
    public Pace withRates(int all, int privateChat, int group) {
        return new Pace(all, privateChat, group, streamAfter, betweenEdits, typing);
    }
}
