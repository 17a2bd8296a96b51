package dev.confab.ui.conversation;

import java.io.Serial;

/** A store does not take more into a conversation. The message is for its user. */
public final class ConversationFullException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message how much there is and how much there may be
     */
    public ConversationFullException(String message) {
        super(message);
    }
}
