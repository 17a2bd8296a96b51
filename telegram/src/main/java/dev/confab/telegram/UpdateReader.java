package dev.confab.telegram;

import com.pengrad.telegrambot.model.CallbackQuery;
import com.pengrad.telegrambot.model.Chat;
import com.pengrad.telegrambot.model.ChatMember;
import com.pengrad.telegrambot.model.ChatMemberUpdated;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.MessageEntity;
import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.model.User;
import dev.confab.telegram.Incoming.Media;
import dev.confab.telegram.store.ChatKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes of Telegram's updates what the bot answers. Immutable. */
final class UpdateReader {
    private static final Pattern COMMAND = Pattern.compile("^/([A-Za-z0-9_]{1,32})(?:@(\\w+))?(?:\\s+|$)");

    private final long botId;
    private final String botName;

    /**
     * A reader for one bot.
     *
     * @param botName its user name, without the @
     */
    UpdateReader(long botId, String botName) {
        this.botId = botId;
        this.botName = botName;
    }

    /** What an update is about; empty if the bot has nothing to do with it. */
    Optional<Incoming> read(Update update) {
        if (update.message() != null) {
            return message(update.message(), false);
        }
        if (update.editedMessage() != null) {
            return message(update.editedMessage(), true);
        }
        if (update.callbackQuery() != null) {
            return pressed(update.callbackQuery());
        }
        return update.myChatMember() == null ? Optional.empty() : membership(update.myChatMember());
    }

    private Optional<Incoming> message(Message message, boolean edited) {
        Chat chat = message.chat();
        User from = message.from();
        ChatKey key = new ChatKey(chat.id(), topic(message));
        if (message.migrateToChatId() != null) {
            return Optional.of(new Incoming.Moved(key, message.migrateToChatId()));
        }
        Media media = media(message);
        String written = firstOf(message.text(), message.caption());
        if (chat.type() == Chat.Type.channel
                || (from != null && Boolean.TRUE.equals(from.isBot()) && message.senderChat() == null)
                || Boolean.TRUE.equals(message.isAutomaticForward())
                || (written.isEmpty() && media == Media.NONE)) {
            return Optional.empty();
        }
        Matcher command = COMMAND.matcher(written);
        boolean isCommand = command.find();
        if (isCommand && command.group(2) != null && !command.group(2).equalsIgnoreCase(botName)) {
            return Optional.empty();
        }
        boolean addressed = chat.type() == Chat.Type.Private
                || (isCommand && command.group(2) != null)
                || repliesToBot(message)
                || mentionsBot(written, message.text() == null ? message.captionEntities() : message.entities());
        return Optional.of(new Incoming.Said(
                key,
                user(message),
                message.messageId(),
                edited,
                withoutMention(isCommand ? written.substring(command.end()) : written),
                addressed,
                isCommand ? command.group(1) : "",
                media,
                firstOf(message.mediaGroupId(), null)));
    }

    /** Who speaks in the name of the group itself is one of its administrators; other chats are nobody in particular. */
    private static long user(Message message) {
        Chat inNameOf = message.senderChat();
        if (inNameOf != null) {
            return inNameOf.id().equals(message.chat().id()) ? inNameOf.id() : 0;
        }
        return message.from() == null ? 0 : message.from().id();
    }

    private static Optional<Incoming> pressed(CallbackQuery query) {
        if (!(query.maybeInaccessibleMessage() instanceof Message message) || query.data() == null) {
            return Optional.empty();
        }
        return Optional.of(new Incoming.Pressed(
                new ChatKey(message.chat().id(), topic(message)),
                query.from().id(),
                query.id(),
                message.messageId(),
                query.data()));
    }

    private static Optional<Incoming> membership(ChatMemberUpdated change) {
        ChatMember.Status status = change.newChatMember().status();
        return Optional.of(new Incoming.Membership(
                new ChatKey(change.chat().id(), 0),
                status == ChatMember.Status.kicked || status == ChatMember.Status.left));
    }

    /** Outside of forums a thread is just a chain of answers, and no conversation of its own. */
    private static long topic(Message message) {
        return Boolean.TRUE.equals(message.isTopicMessage()) && message.messageThreadId() != null
                ? message.messageThreadId()
                : 0;
    }

    private static Media media(Message message) {
        if (message.sticker() != null) {
            return Media.STICKER;
        }
        if (message.photo() != null) {
            return Media.PHOTO;
        }
        if (message.video() != null || message.animation() != null || message.videoNote() != null) {
            return Media.VIDEO;
        }
        if (message.voice() != null || message.audio() != null) {
            return Media.VOICE;
        }
        boolean other = message.document() != null
                || message.contact() != null
                || message.location() != null
                || message.poll() != null
                || message.dice() != null;
        return other ? Media.OTHER : Media.NONE;
    }

    private boolean repliesToBot(Message message) {
        Message answered = message.replyToMessage();
        return answered != null && answered.from() != null && answered.from().id() == botId;
    }

    private boolean mentionsBot(String text, MessageEntity @Nullable [] entities) {
        if (entities == null) {
            return false;
        }
        for (MessageEntity entity : entities) {
            int end = entity.offset() + entity.length();
            if (entity.type() == MessageEntity.Type.text_mention
                    && entity.user() != null
                    && entity.user().id() == botId) {
                return true;
            }
            if (entity.type() == MessageEntity.Type.mention
                    && end <= text.length()
                    && text.substring(entity.offset(), end).equalsIgnoreCase("@" + botName)) {
                return true;
            }
        }
        return false;
    }

    private String withoutMention(String text) {
        return text.replaceAll("(?i)@" + Pattern.quote(botName) + "\\b[,:]?", " ")
                .replaceAll(" {2,}", " ")
                .strip();
    }

    private static String firstOf(@Nullable String first, @Nullable String second) {
        return first != null ? first : second != null ? second : "";
    }
}
