package dev.confab.dialogue.guard;

import java.util.List;

/**
 * What a reply is looked at beside.
 *
 * @param said what the person said
 * @param ownReplies what the chatbot said before, the latest first; some ten are enough
 * @param formerReplies replies to the same turn, where another one is wanted
 */
public record GuardContext(String said, List<String> ownReplies, List<String> formerReplies) {
    /** Copies the lists. */
    public GuardContext {
        ownReplies = List.copyOf(ownReplies);
        formerReplies = List.copyOf(formerReplies);
    }
}
