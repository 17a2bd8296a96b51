package dev.confab.training.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes dialogues from the content of one file. Belongs to one thread. */
interface DialogueParser {
    /** The longest text of a turn, row or line in characters, so that a broken file cannot fill the memory. */
    int LONGEST_TEXT = 16 << 20;

    /**
     * The next dialogue, null at the end.
     *
     * @throws BrokenLineException if it cannot be understood; the call after this one goes on behind it
     * @throws DataException if nothing after it can be understood either
     */
    @Nullable
    Dialogue next() throws IOException, BrokenLineException;
}
