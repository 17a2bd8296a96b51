package dev.confab.app;

import java.io.Serial;

/** The command was given something that it does not take: exit code 2. */
final class UsageException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
