package dev.confab.training.data;

import java.io.Serial;

/** What is wrong with a line, said by who does not know its number. */
final class LineFault extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String fault;

    LineFault(String fault) {
        super(fault);
        this.fault = fault;
    }

    @Override
    public String getMessage() {
        return fault;
    }
}
