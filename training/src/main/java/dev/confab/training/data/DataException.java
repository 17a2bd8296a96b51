package dev.confab.training.data;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A data file cannot be used. */
public final class DataException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A fault that was found here.
     *
     * @param message what failed, where, what was found and expected, and what to do
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * A fault that another one led to.
     *
     * @param message what failed, where, what was found and expected, and what to do
     * @param cause what led to it, for the log
     */
    public DataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
