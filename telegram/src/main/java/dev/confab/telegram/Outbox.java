package dev.confab.telegram;

import com.pengrad.telegrambot.model.LinkPreviewOptions;
import com.pengrad.telegrambot.model.request.ChatAction;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.model.request.ReplyParameters;
import com.pengrad.telegrambot.request.AbstractSendRequest;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.DeleteMessage;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.SendAnimation;
import com.pengrad.telegrambot.request.SendChatAction;
import com.pengrad.telegrambot.request.SendMessage;
import dev.confab.telegram.ApiException.Failure;
import dev.confab.telegram.gif.Gif;
import dev.confab.telegram.store.ChatKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes into chats, within Telegram's rates. Text goes out as it is, without a markup that a reply could break.
 *
 * <p>All methods throw {@link ApiException} if Telegram refuses, the outcome is uncertain, or the bot is closed. Usable from
 * any thread.
 */
final class Outbox {
    private static final LinkPreviewOptions NO_PREVIEW = new LinkPreviewOptions().isDisabled(true);
    private static final int EDIT_ATTEMPTS = 4;

    private final Api api;
    private final Throttle throttle;

    Outbox(Api api, Throttle throttle) {
        this.api = api;
        this.throttle = throttle;
    }

    /** Makes sure that something can be written at all: the bot is not being closed. */
    void requireOpen() {
        if (api.closed()) {
            throw new ApiException(Failure.CLOSED, "the bot is closed", Duration.ZERO, null);
        }
    }

    /**
     * Sends a message, once.
     *
     * @param text 1 to {@link MessageParts#LONGEST} characters
     * @param answered the message that it answers visibly, or 0
     * @param attempts hears when it may have been sent, which is after all waiting
     * @return the number of the message
     */
    int send(ChatKey chat, String text, int answered, Api.Attempts attempts) {
        return send(chat, text, answered, null, attempts);
    }

    /** Sends a message with buttons below it, if any. */
    int send(ChatKey chat, String text, int answered, @Nullable InlineKeyboardMarkup keyboard, Api.Attempts attempts) {
        await(chat);
        return api.deliver(message(chat, text, answered, keyboard), attempts)
                .message()
                .messageId();
    }

    /** Sends a message as {@link #send} does, if the rates allow it right now; 0 if they do not. */
    int sendNow(ChatKey chat, String text, int answered) {
        return throttle.tryNow(chat)
                ? api.call(message(chat, text, answered, null)).message().messageId()
                : 0;
    }

    /** Changes a message; may be done twice, so this is repeated until the outcome is certain. */
    void edit(ChatKey chat, int message, String text, @Nullable InlineKeyboardMarkup keyboard) {
        for (int attempt = 1; ; attempt++) {
            await(chat);
            try {
                api.deliver(change(chat, message, text, keyboard));
                return;
            } catch (ApiException e) {
                if (isUnchanged(e)) {
                    return;
                }
                if (e.failure() != Failure.UNCERTAIN || attempt == EDIT_ATTEMPTS) {
                    throw e;
                }
                api.pause(Duration.ofMillis(500L * attempt));
            }
        }
    }

    /** Changes a message if the rates allow it right now, and tells whether they did. */
    boolean editNow(ChatKey chat, int message, String text) {
        if (!throttle.tryNow(chat)) {
            return false;
        }
        try {
            api.call(change(chat, message, text, null));
        } catch (ApiException e) {
            if (!isUnchanged(e)) {
                throw e;
            }
        }
        return true;
    }

    /** Deletes a message of the bot's. */
    void delete(ChatKey chat, int message) {
        await(chat);
        api.call(new DeleteMessage(chat.chat(), message));
    }

    /**
     * Sends a GIF.
     *
     * @param caption what stands below it
     * @param attempts as for messages
     * @return the number of the message
     */
    int animation(ChatKey chat, Gif gif, String caption, int answered, Api.Attempts attempts) {
        await(chat);
        var request = new SendAnimation(chat.chat(), gif.animation().toString());
        request.setCaption(caption);
        return api.deliver(placed(request, chat, answered), attempts).message().messageId();
    }

    /** Shows for some five seconds that the bot is writing. */
    void typing(ChatKey chat) {
        var request = new SendChatAction(chat.chat(), ChatAction.typing);
        if (chat.topic() != 0) {
            request.messageThreadId(chat.topic());
        }
        api.call(request);
    }

    /** Answers a press of a button, without which it seems to hang. */
    void acknowledge(String query, String text) {
        api.call(new AnswerCallbackQuery(query).text(text));
    }

    private void await(ChatKey chat) {
        try {
            throttle.await(chat);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(Failure.CLOSED, "the bot is closed", Duration.ZERO, e);
        }
    }

    private static SendMessage message(
            ChatKey chat, String text, int answered, @Nullable InlineKeyboardMarkup keyboard) {
        var request = new SendMessage(chat.chat(), text).linkPreviewOptions(NO_PREVIEW);
        if (keyboard != null) {
            request.setReplyMarkup(keyboard);
        }
        return placed(request, chat, answered);
    }

    private static EditMessageText change(
            ChatKey chat, int message, String text, @Nullable InlineKeyboardMarkup keyboard) {
        var request = new EditMessageText(chat.chat(), message, text).linkPreviewOptions(NO_PREVIEW);
        return keyboard == null ? request : request.replyMarkup(keyboard);
    }

    private static <T extends AbstractSendRequest<T>> T placed(T request, ChatKey chat, int answered) {
        if (chat.topic() != 0) {
            request.setMessageThreadId(chat.topic());
        }
        if (answered != 0) {
            request.setReplyParameters(new ReplyParameters(answered).allowSendingWithoutReply(true));
        }
        return request;
    }

    private static boolean isUnchanged(ApiException e) {
        return e.failure() == Failure.REFUSED && String.valueOf(e.getMessage()).contains("not modified");
    }
}
