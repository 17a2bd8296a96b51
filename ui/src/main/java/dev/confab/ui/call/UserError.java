package dev.confab.ui.call;

import java.io.Serial;

/**
 * Thrown by a function whose user did something wrong: the message is shown to the user as it is. Of any other exception
 * the user learns only that the function failed.
 */
public class UserError extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An error for the user.
     *
     * @param message what was wrong, and what to do about it
     */
    public UserError(String message) {
        super(message);
    }
}
