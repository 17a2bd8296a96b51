package dev.confab.engine.tokenizer;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A tokenizer's file cannot be used, or text or ids do not fit the vocabulary. */
public final class TokenizerException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A fault that was found here.
     *
     * @param message what failed, where, what was found and expected, and what to do
     */
    public TokenizerException(String message) {
        super(message);
    }

    /**
     * A fault that another one led to.
     *
     * @param message what failed, where, what was found and expected, and what to do
     * @param cause what led to it, for the log
     */
    public TokenizerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
