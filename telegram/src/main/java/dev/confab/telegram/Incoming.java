package dev.confab.telegram;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.store.ChatKey;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What an update is about, with no more than an answer needs: this is what is kept until it is answered. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Incoming.Said.class, name = "said"),
    @JsonSubTypes.Type(value = Incoming.Pressed.class, name = "pressed"),
    @JsonSubTypes.Type(value = Incoming.Membership.class, name = "membership"),
    @JsonSubTypes.Type(value = Incoming.Moved.class, name = "moved")
})
sealed interface Incoming {
    /** Where it happened. */
    ChatKey chat();

    /**
     * Somebody wrote something.
     *
     * @param user who; the chat itself for an administrator who stays anonymous; 0 for nobody in particular, such as a
     *     channel
     * @param message the number of the message
     * @param edited whether it was written before, and has changed
     * @param text what was written, or stands below what was sent, without a mention of the bot; perhaps empty
     * @param addressed whether it is said to the bot: in private, by mention, or as an answer to it
     * @param command the command without slash, as it was written; empty if it is none
     * @param media what was sent that is no text
     * @param album the album that the message belongs to; empty if to none
     */
    record Said(
            ChatKey chat,
            long user,
            int message,
            boolean edited,
            String text,
            boolean addressed,
            String command,
            Media media,
            String album)
            implements Incoming {
        /** With more text, from other messages of the same album. */
        Said withText(String joined) {
            return new Said(chat, user, message, edited, joined, addressed, command, media, album);
        }
    }

    /**
     * Somebody pressed a button.
     *
     * @param user who
     * @param query the number by which the press is answered
     * @param message the message with the button
     * @param data what the button stands for
     */
    record Pressed(ChatKey chat, long user, String query, int message, String data) implements Incoming {}

    /**
     * The bot was blocked or removed, or let in again.
     *
     * @param blocked whether it may not write there
     */
    record Membership(ChatKey chat, boolean blocked) implements Incoming {}

    /**
     * A group has got another number.
     *
     * @param to the new one
     */
    record Moved(ChatKey chat, long to) implements Incoming {}

    /** What somebody sent that is no text. */
    enum Media {
        NONE,
        STICKER,
        PHOTO,
        VIDEO,
        VOICE,
        OTHER
    }

    /** As it is kept. */
    default String toJson() {
        return Json.MAPPER.writerFor(Incoming.class).writeValueAsString(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ConfabException if it is something else
     */
    static Incoming fromJson(String json) {
        try {
            return Json.MAPPER.readValue(json, Incoming.class);
        } catch (JacksonException e) {
            throw new ConfabException("an update that waits in the store cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads and writes. */
    final class Json {
        private static final JsonMapper MAPPER = JsonMapper.shared();

        private Json() {}
    }
}
