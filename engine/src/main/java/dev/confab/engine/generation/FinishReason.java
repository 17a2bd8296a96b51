package dev.confab.engine.generation;

import java.util.Locale;

/** Why a sequence ended. */
public enum FinishReason {
    /** Its last token is an end-of-sequence token. */
    EOS,
    /** It has its greatest length, or the model has no position left. */
    LENGTH,
    /** It holds a stop string. */
    STOP,
    /** The time was up. */
    TIME,
    /** The caller cancelled. */
    CANCELLED;

    /** The name in JSON, such as {@code "eos"}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
