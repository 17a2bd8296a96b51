package dev.confab.telegram.store;

/**
 * Something that happened in a chat, as it is kept until it is answered.
 *
 * @param id Telegram's number of it, which grows
 * @param chat where it happened
 * @param body what happened, as JSON of the bot's own
 * @param progress how far its answer has come
 * @param openMessage the number of the message that shows the first part of the answer already; 0 if there is none
 */
public record StoredUpdate(long id, ChatKey chat, String body, Progress progress, int openMessage) {
    /** An update that has just come. */
    public static StoredUpdate waiting(long id, ChatKey chat, String body) {
        return new StoredUpdate(id, chat, body, Progress.WAITING, 0);
    }

    /** With more progress. */
    public StoredUpdate with(Progress reached, int message) {
        return new StoredUpdate(id, chat, body, reached, message);
    }
}
