package dev.confab.telegram.store;

import java.util.List;
import java.util.Optional;

/**
 * Where a bot keeps what must outlive it. Each call has taken effect, whole, when it returns, or throws.
 *
 * <p>Implementations are used by many threads at the same time; they throw
 * {@link dev.confab.engine.error.ConfabException} if they fail.
 */
public interface BotStore {
    /**
     * Takes updates in. After that they may be confirmed to Telegram.
     *
     * @return those that were not known yet, in the same order
     */
    List<StoredUpdate> receive(List<StoredUpdate> updates);

    /** All updates that are not {@link Progress#DONE}, the oldest first. */
    List<StoredUpdate> unfinished();

    /** Notes how far the answer to an update has come. */
    void progress(StoredUpdate update);

    /** Notes the same, and keeps what has become of the chat, both at once. */
    void progress(StoredUpdate update, ChatState state);

    /** What is known of a chat. */
    Optional<ChatState> chat(ChatKey key);

    /** Keeps the state of a chat. */
    void save(ChatState state);

    /** Forgets all that is known of a chat, updates that wait included; their numbers stay known. */
    void forget(ChatKey key);

    /** A group has got another number, as Telegram does when it grows: all that is known of it goes along. */
    void move(long from, long to);
}
