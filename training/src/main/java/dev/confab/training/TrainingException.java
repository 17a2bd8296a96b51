package dev.confab.training;

import dev.confab.engine.error.ConfabException;
import org.jspecify.annotations.Nullable;

/** Training cannot begin or go on; the message says why and what to do. */
public final class TrainingException extends ConfabException {
    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public TrainingException(String message) {
        super(message);
    }

    /** With the failure behind it. */
    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
