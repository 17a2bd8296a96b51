package dev.confab.engine.hub;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A model could not be found or fetched: no such name, no access, no network, no space. The message says what to do. */
public sealed class HubException extends ConfabException permits UnreachableException {
    @Serial
    private static final long serialVersionUID = 1L;

    HubException(String message) {
        super(message);
    }

    HubException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
