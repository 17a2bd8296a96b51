package dev.confab.ui.component;

import java.io.Serial;

/** A value that a component cannot have. The message is shown to whoever sent it. */
public final class InvalidValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * An error with a message that stands on its own.
     *
     * @param message what was found and expected
     */
    public InvalidValueException(String message) {
        super(message);
    }

    static InvalidValueException of(Component component, Object found, String expected) {
        String label = component.label().isEmpty() ? component.type() : component.label();
        String text = String.valueOf(found);
        String quoted = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return new InvalidValueException("'" + label + "' is " + quoted + ", expected " + expected);
    }
}
