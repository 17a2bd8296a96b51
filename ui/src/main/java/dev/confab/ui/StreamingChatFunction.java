package dev.confab.ui;

/** Answers messages bit by bit, for {@link ChatInterface#streaming}. Called by several threads at once. */
@FunctionalInterface
public interface StreamingChatFunction {
    /**
     * Answers one. The thread is interrupted when the user stops the reply; what was written stays.
     *
     * @param turn what the user said, and what was said before
     * @param out takes the reply
     * @throws Exception if it fails; the message of a {@link dev.confab.ui.call.UserError} is shown to the user
     */
    void reply(ChatTurn turn, ReplyWriter out) throws Exception;
}
