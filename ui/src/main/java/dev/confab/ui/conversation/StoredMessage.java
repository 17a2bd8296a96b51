package dev.confab.ui.conversation;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation, which is a tree of them: editing a message or asking again begins a branch.
 *
 * @param id names it within its conversation; whoever wrote it chose the name
 * @param parent the message before it, {@link #ROOT} for the first
 * @param role who said it
 * @param text what was said, so far
 * @param at when it was sent, or when the reply was asked for
 * @param state whether it is complete
 * @param error what went wrong with a failed reply, for the user; null if nothing did, or nothing is known of it
 * @param event names the call that a running reply comes from; null for others
 * @param timings how quickly a reply came, null for others
 * @param feedback what the user thinks of it, null for nothing
 * @param additions what belongs to it besides its text
 */
public record StoredMessage(
        String id,
        String parent,
        Role role,
        String text,
        Instant at,
        State state,
        @Nullable String error,
        @Nullable String event,
        @Nullable Timings timings,
        @Nullable Feedback feedback,
        Additions additions) {
    /** The parent of first messages. */
    public static final String ROOT = "";

    /** Who says something. */
    public enum Role {
        /** The person. */
        USER,
        /** The function. */
        ASSISTANT
    }

    /** How far a message is. */
    public enum State {
        /** Complete. */
        DONE,
        /** A reply that is still coming, or was when the process ended. */
        RUNNING,
        /** A reply that the user stopped: the text is its beginning. */
        STOPPED,
        /** A reply that failed: the text is its beginning. */
        FAILED
    }

    /** Refuses null where there must be a value, and an empty name. */
    public StoredMessage {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(additions, "additions");
        if (id.isEmpty() || id.equals(parent)) {
            throw new IllegalArgumentException("the message's id is '" + id + "' and its parent '" + parent
                    + "', expected an id that is not empty and not the parent's");
        }
    }

    /** What a user said. */
    public static StoredMessage ofUser(String id, String parent, String text, Instant at) {
        return new StoredMessage(id, parent, Role.USER, text, at, State.DONE, null, null, null, null, Additions.NONE);
    }

    /** A reply that is to come from a call. */
    public static StoredMessage running(String id, String parent, String event, Instant at) {
        return new StoredMessage(
                id, parent, Role.ASSISTANT, "", at, State.RUNNING, null, event, null, null, Additions.NONE);
    }

    /** The same reply with the text that there is by now. */
    public StoredMessage withText(String more) {
        return new StoredMessage(id, parent, role, more, at, state, error, event, timings, feedback, additions);
    }

    /** The same reply when nothing more comes. */
    public StoredMessage ended(State end, String whole, @Nullable String problem, @Nullable Timings measured) {
        return new StoredMessage(id, parent, role, whole, at, end, problem, null, measured, feedback, additions);
    }

    /** The same with something besides its text. */
    public StoredMessage withAdditions(Additions more) {
        return new StoredMessage(id, parent, role, text, at, state, error, event, timings, feedback, more);
    }

    /** The same with an opinion, null to take it back. */
    public StoredMessage withFeedback(@Nullable Feedback opinion) {
        return new StoredMessage(id, parent, role, text, at, state, error, event, timings, opinion, additions);
    }
}
