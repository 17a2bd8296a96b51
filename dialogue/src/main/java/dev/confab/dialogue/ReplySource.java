package dev.confab.dialogue;

import java.util.Locale;

/** Where a reply comes from. */
public enum ReplySource {
    /** The language model. */
    MODEL,
    /** A skill, which looked it up or worked it out. */
    SKILL,
    /** The persona, which was asked for what its author wrote down. */
    PERSONA,
    /** A filter, which answers or refuses what should not be said. */
    FILTER,
    /** The sentences kept for when nothing better can be said. */
    FALLBACK;

    /** The name in JSON, such as {@code "model"}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
