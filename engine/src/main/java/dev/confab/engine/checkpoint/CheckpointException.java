package dev.confab.engine.checkpoint;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A checkpoint that cannot be read: missing, truncated, corrupt, hostile or of a kind that Confab does not know. */
public final class CheckpointException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A checkpoint that cannot be read.
     *
     * @param message the file, its fault, and what to do
     */
    public CheckpointException(String message) {
        super(message);
    }

    /**
     * A checkpoint that cannot be read because of another error.
     *
     * @param message the file, its fault, and what to do
     * @param cause what led to it, for the log
     */
    public CheckpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
