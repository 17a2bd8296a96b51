package dev.confab.ui.conversation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations for their owners. A page asks it for everything that it shows beside the open conversation, and tells
 * it of each turn when it begins and when it ends.
 *
 * <p>An owner is a text that the page made: of the user who is logged in, or of the browser. Every method takes it, and
 * what belongs to another owner does not exist for it: the same id with two owners names two conversations.
 *
 * <p>Each method is one step: it happens wholly or not at all, is kept when it returns, and may run at the same time as
 * others, also for one conversation. Failures of what lies below, such as a database, are unchecked exceptions; the page
 * then goes on without keeping.
 */
public interface ConversationStore {
    /** An owner's conversations, the last updated first; deleted ones are not among them. */
    List<ConversationSummary> list(String owner, ConversationQuery query);

    /** A whole conversation; empty if there is none of that id, or it was deleted. */
    Optional<StoredConversation> load(String owner, String id);

    /**
     * Keeps a whole conversation, in place of one with its id, deleted or not.
     *
     * @throws ConversationFullException if it is larger than the store takes
     */
    void save(String owner, StoredConversation conversation);

    /**
     * Adds messages or replaces those with their ids. One that is added is also chosen: it is the branch that is shown.
     * What a user thinks of a message stays when it is replaced by one without feedback.
     *
     * @param messages such as a question and its reply that is to come, in this order; later the reply again, with its text
     * @return false, and nothing is kept, if there is no such conversation or no such parent, or a message had another
     *     parent before
     * @throws ConversationFullException if the conversation would be larger than the store takes
     */
    boolean put(String owner, String id, List<StoredMessage> messages);

    /**
     * Removes a message with all that follow it.
     *
     * @return false if there is none
     */
    boolean remove(String owner, String id, String messageId);

    /**
     * Shows the branch that begins with a message.
     *
     * @return false if there is none
     */
    boolean choose(String owner, String id, String messageId);

    /**
     * Keeps what the user thinks of a message.
     *
     * @param feedback in place of what there was, null to take it back
     * @return false if there is no such message
     */
    boolean rate(String owner, String id, String messageId, @Nullable Feedback feedback);

    /**
     * Gives a conversation another title.
     *
     * @return false if there is none
     */
    boolean rename(String owner, String id, String title);

    /**
     * Keeps other settings for a conversation.
     *
     * @param settings as {@link StoredConversation#settings} has them
     * @return false if there is none
     */
    boolean configure(String owner, String id, Map<String, @Nullable Object> settings);

    /**
     * Deletes a conversation. It can be restored for some time, at least some minutes.
     *
     * @return false if there is none
     */
    boolean delete(String owner, String id);

    /**
     * Brings back a conversation that was deleted.
     *
     * @return false if there is none, or it was deleted too long ago
     */
    boolean restore(String owner, String id);

    /**
     * Lets everybody who knows a token read a conversation as it is now and as it becomes, until it is withdrawn or deleted.
     * A conversation that is saved or restored stays shared.
     *
     * @param token that nobody can guess and no other conversation has, in place of one that there was; null to withdraw it
     * @return false if there is no such conversation
     */
    boolean share(String owner, String id, @Nullable String token);

    /** The token by which a conversation is shared; empty if there is none, or no such conversation. */
    Optional<String> shareToken(String owner, String id);

    /**
     * The conversation of whatever owner that is shared by a token; empty if there is none, or it is deleted.
     *
     * @param token may be anything, as it comes from outside
     */
    Optional<StoredConversation> loadShared(String token);

    /** Deletes all of an owner's conversations for good, restorable ones included. */
    void deleteAll(String owner);
}
