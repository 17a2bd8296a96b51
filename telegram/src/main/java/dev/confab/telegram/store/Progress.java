package dev.confab.telegram.store;

/** How far the answer to an update has come. */
public enum Progress {
    /** It waits for its answer. Nothing was sent but, perhaps, a message that can be edited. */
    WAITING,
    /** Its answer is on the way, and may have arrived: it must not be sent again. */
    SENDING,
    /** It needs nothing more. */
    DONE
}
