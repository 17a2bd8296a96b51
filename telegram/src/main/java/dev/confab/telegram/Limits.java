package dev.confab.telegram;

/**
 * How much people may ask of a bot.
 *
 * @param perUserPerMinute messages that one person gets answered in a minute, in all chats together
 * @param perChatPerMinute messages that are answered in one chat in a minute
 * @param longestInput characters of a message that is answered
 * @param waitingPerChat messages of one chat that may wait
 * @param repliesAtOnce replies that are made at the same time
 */
public record Limits(
        int perUserPerMinute, int perChatPerMinute, int longestInput, int waitingPerChat, int repliesAtOnce) {
    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is below 1
     */
    public Limits {
        if (perUserPerMinute < 1
                || perChatPerMinute < 1
                || longestInput < 1
                || waitingPerChat < 1
                || repliesAtOnce < 1) {
            throw new IllegalArgumentException("limits are 1 or more, found " + perUserPerMinute + ", "
                    + perChatPerMinute + ", " + longestInput + ", " + waitingPerChat + ", " + repliesAtOnce);
        }
    }

    /** Twenty a minute from a person, forty in a chat, 2,000 characters, ten waiting, eight replies at once. */
    public static Limits defaults() {
        return new Limits(20, 40, 2000, 10, 8);
    }

    /** With other rates of messages. */
    public Limits withRates(int perUser, int perChat) {
        return new Limits(perUser, perChat, longestInput, waitingPerChat, repliesAtOnce);
    }

    /** With another longest message. */
    public Limits withLongestInput(int characters) {
        return new Limits(perUserPerMinute, perChatPerMinute, characters, waitingPerChat, repliesAtOnce);
    }

    /** With other numbers of waiting messages and of replies at once. */
    public Limits withQueues(int waiting, int replies) {
        return new Limits(perUserPerMinute, perChatPerMinute, longestInput, waiting, replies);
    }
}
