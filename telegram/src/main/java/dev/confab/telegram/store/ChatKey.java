package dev.confab.telegram.store;

/**
 * What has one conversation: a chat, or a topic of a forum.
 *
 * @param chat Telegram's number of the chat; negative for groups
 * @param topic the number of the topic, or 0 where there are none
 */
public record ChatKey(long chat, long topic) {
    /** Whether it is a group, in which several people speak. */
    public boolean isGroup() {
        return chat < 0;
    }
}
