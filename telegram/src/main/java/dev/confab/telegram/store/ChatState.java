package dev.confab.telegram.store;

import java.util.List;

/**
 * What is kept of a chat.
 *
 * @param key which chat
 * @param transcript the conversation, as {@link dev.confab.dialogue.Transcript#toJson} writes it; empty if there is none
 * @param settings what people chose there
 * @param exchanges the latest messages with their answers, the oldest first
 * @param blocked whether the bot may not write there, as it was blocked or removed
 */
public record ChatState(
        ChatKey key, String transcript, ChatSettings settings, List<Exchange> exchanges, boolean blocked) {
    /** Copies the list. */
    public ChatState {
        exchanges = List.copyOf(exchanges);
    }

    /** A chat of which nothing is known. */
    public static ChatState unknown(ChatKey key) {
        return new ChatState(key, "", ChatSettings.NONE, List.of(), false);
    }

    /** Blocked, or not any more. */
    public ChatState withBlocked(boolean isBlocked) {
        return new ChatState(key, transcript, settings, exchanges, isBlocked);
    }

    /** The same for another chat, which it has become. */
    public ChatState withKey(ChatKey other) {
        return new ChatState(other, transcript, settings, exchanges, blocked);
    }
}
