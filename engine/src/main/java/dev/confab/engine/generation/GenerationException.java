package dev.confab.engine.generation;

import dev.confab.engine.error.ConfabException;
import java.io.Serial;

/** Generation was asked for something impossible: an invalid option, options that exclude each other, a bad prompt. */
public final class GenerationException extends ConfabException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message that stands on its own.
     *
     * @param message which option or input, its value, and what would be valid
     */
    public GenerationException(String message) {
        super(message);
    }

    /** An option with a value that it cannot have. */
    static GenerationException invalid(String option, Object value, String valid) {
        return new GenerationException(option + " is " + value + "; it must be " + valid);
    }
}
