package dev.confab.ui;

/** Takes a reply bit by bit. For the thread that the function was called on, or one that it waits for. */
public interface ReplyWriter {
    /**
     * Adds to the reply; the user sees it at once.
     *
     * @param part text, may be empty
     */
    void write(String part);

    /** Whether the user stopped the reply or went away. */
    boolean cancelled();
}
