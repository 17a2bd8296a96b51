package dev.confab.benchmarks.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one message. Times are {@link System#nanoTime}.
 *
 * @param asked when it was sent
 * @param parts when each part of the reply came
 * @param ended when the reply was complete, or had failed
 * @param text the reply
 * @param tokens of the reply
 * @param promptTokens of the conversation before it
 * @param cachedTokens how many of those the server says that it knew
 * @param error what went wrong, null if nothing
 */
record Turn(
        long asked,
        List<Long> parts,
        long ended,
        String text,
        int tokens,
        int promptTokens,
        int cachedTokens,
        @Nullable String error) {

    /** A message that got no reply. */
    static Turn failed(long asked, String error) {
        return new Turn(asked, List.of(), System.nanoTime(), "", 0, 0, 0, error);
    }

    /** Seconds from the message to the first part of its reply, or to its end where it says nothing. */
    double firstToken() {
        return ((parts.isEmpty() ? ended : parts.getFirst()) - asked) / 1e9;
    }

    /** Seconds from the message to the end of its reply. */
    double total() {
        return (ended - asked) / 1e9;
    }

    /** Tokens that came within a time, taking each part of the reply for as many of them. */
    double tokensWithin(long from, long to) {
        if (parts.isEmpty()) {
            return ended >= from && ended < to ? tokens : 0;
        }
        long within = parts.stream().filter(time -> time >= from && time < to).count();
        return (double) tokens * within / parts.size();
    }
}
