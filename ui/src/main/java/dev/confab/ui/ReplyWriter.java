package dev.confab.ui;

import dev.confab.ui.conversation.Timings;
import java.nio.file.Path;

/** Takes a reply bit by bit. For the thread that the function was called on, or one that it waits for. */
public interface ReplyWriter {
    /**
     * Adds to the reply; the user sees it at once.
     *
     * @param part text, may be empty
     */
    void write(String part);

    /**
     * Attaches a file, which the user sees when the reply is complete; a picture is shown.
     *
     * @param file is copied then
     */
    void attach(Path file);

    /** Offers what the user may say next, as buttons below the complete reply. */
    void offer(String... options);

    /**
     * Says how quick the reply is, as the page shows below it; said several times, the last word counts. Without a word the
     * page counts words.
     */
    void measured(Timings timings);

    /** Whether the user stopped the reply or went away. */
    boolean cancelled();
}
