package dev.confab.engine.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something that Confab was given cannot be used: a broken file, a model of another family, a setting out of range.
 *
 * <p>The message is made for the person who reads it: what failed and where, what was found and expected, and what to
 * do about it. The command line prints it as it is, without a stack trace.
 */
public class ConfabException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message that stands on its own.
     *
     * @param message what failed, where, what was found and expected, and what to do
     */
    public ConfabException(String message) {
        super(message);
    }

    /**
     * An error that another one led to.
     *
     * @param message what failed, where, what was found and expected, and what to do
     * @param cause what led to it, for the log
     */
    public ConfabException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
