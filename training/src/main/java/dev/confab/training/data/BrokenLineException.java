package dev.confab.training.data;

import java.io.Serial;

/** A line, row or message that cannot be understood; the reader stands behind it and can go on. */
final class BrokenLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long line;

    BrokenLineException(long line, String fault) {
        super(fault);
        this.line = line;
    }

    /** Its number from 1. */
    long line() {
        return line;
    }
}
