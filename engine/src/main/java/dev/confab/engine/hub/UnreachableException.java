package dev.confab.engine.hub;

import java.io.Serial;

/** The endpoint gave no usable answer, so what is in the cache has to do. */
final class UnreachableException extends HubException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnreachableException(String message, Throwable cause) {
        super(message, cause);
    }
}
