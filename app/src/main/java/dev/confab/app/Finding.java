package dev.confab.app;

/**
 * One thing that {@code confab doctor} has looked at.
 *
 * @param subject what was looked at, in a word or two
 * @param state whether it is as it should be
 * @param found what was found
 * @param remedy how to mend it; empty where nothing is wrong
 */
record Finding(String subject, State state, String found, String remedy) {
    /** How bad it is. */
    enum State {
        /** As it should be. */
        GOOD,
        /** Confab works, but not as well as it could. */
        WARNING,
        /** Confab does not work until it is mended. */
        BROKEN
    }

    static Finding good(String subject, String found) {
        return new Finding(subject, State.GOOD, found, "");
    }

    static Finding warning(String subject, String found, String remedy) {
        return new Finding(subject, State.WARNING, found, remedy);
    }

    static Finding broken(String subject, String found, String remedy) {
        return new Finding(subject, State.BROKEN, found, remedy);
    }
}
