package dev.confab.dialogue;

import java.util.Locale;

/** Who says a turn. */
public enum Speaker {
    /** The person. */
    USER,
    /** The chatbot. */
    CHATBOT;

    /** The name in JSON, such as {@code "user"}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
