package dev.confab.dialogue;

import java.util.Locale;

/**
 * Something that kept a turn or a reply from being taken as it was.
 *
 * @param stage what intervened
 * @param action what it did
 * @param reason why, for the operator and for who asks why the reply is what it is; without what was said
 */
public record Intervention(Stage stage, Action action, String reason) {
    /** What intervened. */
    public enum Stage {
        /** A filter on what the person says. */
        INPUT,
        /** A filter on what the chatbot is about to say. */
        OUTPUT,
        /** A guard against empty, repeated, echoed or looping replies. */
        GUARD,
        /** A failure of a part: model, filter, skill, ranker or store. */
        FAILURE
    }

    /** What it did. */
    public enum Action {
        /** Some of the text was made unreadable. */
        MASKED,
        /** The text was cut short. */
        SHORTENED,
        /** The reply was dropped and another one made. */
        RETRIED,
        /** Another reply was given in its place. */
        REPLACED,
        /** Nothing was made of it, and the chatbot said so. */
        REFUSED
    }

    /** On one line, such as {@code guard retried: empty reply}. */
    @Override
    public String toString() {
        return stage.name().toLowerCase(Locale.ROOT) + " " + action.name().toLowerCase(Locale.ROOT) + ": " + reason;
    }
}
