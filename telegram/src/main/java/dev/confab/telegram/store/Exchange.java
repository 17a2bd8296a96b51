package dev.confab.telegram.store;

import java.util.List;

/**
 * A message and its answer, by Telegram's numbers and the conversation's.
 *
 * @param message the number of the person's message
 * @param turn the number of the person's turn in the conversation
 * @param replies the numbers of the messages that answer it, in order; empty while none is known to have arrived
 */
public record Exchange(int message, int turn, List<Integer> replies) {
    /** Copies the list. */
    public Exchange {
        replies = List.copyOf(replies);
    }
}
