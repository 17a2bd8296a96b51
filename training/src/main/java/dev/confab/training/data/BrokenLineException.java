package dev.confab.training.data;

import java.io.Serial;

/** A line, row or message that cannot be understood; the reader stands behind it and can go on. */
final class BrokenLineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 300;

    private final long line;

    BrokenLineException(long line, String fault) {
        super(printable(fault));
        this.line = line;
    }

    /** What a file says, shortened, without what could upset a terminal. */
    static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }

    /** Its number from 1. */
    long line() {
        return line;
    }
}
