package dev.confab.server.store;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The database cannot be used, or not for this. The message says what to do, and never holds a password. */
public final class StoreException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message that stands on its own.
     *
     * @param message what failed, where, what was found and expected, and what to do
     */
    public StoreException(String message) {
        super(message);
    }

    /**
     * An error that another one led to.
     *
     * @param message what failed, where, what was found and expected, and what to do
     * @param cause what led to it, for the log
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
