package dev.confab.dialogue;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What somebody said once. Immutable: a turn that is edited or answered anew gets a sibling, and stays what it is.
 *
 * @param id its number within the conversation, from 1 on, greater than those of all earlier turns
 * @param parent the number of the turn that it follows, or 0 if it begins the conversation
 * @param speaker who said it
 * @param text what was said, perhaps empty
 * @param time when
 * @param details what else is known of it, such as where a reply comes from; names and values as in {@link TurnDetail}
 */
public record Turn(int id, int parent, Speaker speaker, String text, Instant time, Map<String, String> details) {
    /**
     * Copies the details.
     *
     * @throws IllegalArgumentException if the numbers are not those of a turn and an earlier one
     */
    public Turn {
        if (parent < 0 || id <= parent) {
            throw new IllegalArgumentException(
                    "turn " + id + " with parent " + parent + "; a parent is 0 or an earlier turn");
        }
        details = Collections.unmodifiableMap(new TreeMap<>(details));
    }

    /** Whether the person said it. */
    public boolean isUser() {
        return speaker == Speaker.USER;
    }
}
