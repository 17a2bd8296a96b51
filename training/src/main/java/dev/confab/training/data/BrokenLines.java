package dev.confab.training.data;

/** What happens to a line, row or message of a data file that cannot be understood. */
public enum BrokenLines {
    /** It is reported, counted and left out. */
    SKIP,
    /** Reading ends with an error that names it. */
    FAIL
}
