package dev.confab.telegram;

import dev.confab.telegram.ApiException.Failure;
import dev.confab.telegram.Incoming.Media;
import dev.confab.telegram.Incoming.Said;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.ChatState;
import dev.confab.telegram.store.Exchange;
import dev.confab.telegram.store.Progress;
import dev.confab.telegram.store.StoredUpdate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Decides what becomes of each update: who may speak, what is a command, what is said to the bot. Called by one thread per
 * chat.
 */
final class Handling implements Mailboxes.Handler {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Parts parts;
    private final Answers answers;
    private final Commands commands;
    private final SettingsDialog settings;
    private final Buckets perUser;
    private final Buckets perChat;
    private final Buckets notices = new Buckets(1, MINUTE);

    /**
     * What it needs.
     *
     * @param groupRate how many messages of groups that are said to nobody in particular are answered, 0 to 1
     */
    record Parts(
            BotStore store,
            LiveChats chats,
            Outbox outbox,
            GifSender gifs,
            Access access,
            Limits limits,
            double groupRate,
            RandomGenerator random,
            BotMetrics metrics) {}

    Handling(Parts parts, Answers answers, Commands commands, SettingsDialog settings) {
        this.parts = parts;
        this.answers = answers;
        this.commands = commands;
        this.settings = settings;
        perUser = new Buckets(parts.limits().perUserPerMinute(), MINUTE);
        perChat = new Buckets(parts.limits().perChatPerMinute(), MINUTE);
    }

    @Override
    public void handle(StoredUpdate update, Mailboxes.Mailbox mailbox) {
        try {
            if (update.progress() == Progress.SENDING) {
                answers.settle(update);
            } else {
                handle(update, Incoming.fromJson(update.body()), mailbox);
            }
            if (mailbox.hasOverflowed()) {
                notice(update.chat(), Sentences.OVERFLOWED);
            }
        } catch (ApiException e) {
            failed(update, e);
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "update " + update.id() + " could not be handled", e);
            apologize(update);
        }
    }

    private void handle(StoredUpdate update, Incoming incoming, Mailboxes.Mailbox mailbox) {
        switch (incoming) {
            case Said said -> said(update, said, mailbox);
            case Incoming.Pressed pressed -> {
                if (parts.access().isAllowed(pressed.user(), pressed.chat().chat())) {
                    settings.press(pressed);
                }
                done(update);
            }
            case Incoming.Membership membership -> {
                LiveChat chat = parts.chats().of(membership.chat());
                chat.setBlocked(membership.blocked());
                parts.store().progress(update.with(Progress.DONE, 0), chat.state());
            }
            case Incoming.Moved moved -> {
                parts.chats().drop(moved.chat());
                parts.store().move(moved.chat().chat(), moved.to());
                done(update);
            }
        }
    }

    private void said(StoredUpdate update, Said said, Mailboxes.Mailbox mailbox) {
        if (!isForTheBot(said)) {
            done(update);
            return;
        }
        Optional<String> refusal = refusal(said);
        if (refusal.isPresent()) {
            done(update);
            if (!refusal.get().isEmpty()) {
                notice(said.chat(), refusal.get());
            }
            return;
        }
        if (!said.command().isEmpty()) {
            command(update, said);
            return;
        }
        Said whole = withAlbum(said, mailbox);
        LiveChat chat = parts.chats().of(said.chat());
        boolean straggler = !said.album().isEmpty() && chat.seen(said.album());
        if (straggler && whole.text().isEmpty()) {
            done(update);
        } else if (whole.text().isEmpty()) {
            answers.say(update, chat, Sentences.about(said.media()), said.message());
        } else if (said.edited()) {
            edited(update, chat, whole);
        } else {
            answers.answer(update, chat, whole);
        }
    }

    /** In groups only what is said to the bot, and a part of the rest, as chance wants it. */
    private boolean isForTheBot(Said said) {
        if (parts.access().isBlocked(said.user(), said.chat().chat())) {
            return false;
        }
        return said.addressed()
                || !said.command().isEmpty()
                || (said.edited()
                        && parts.chats()
                                .of(said.chat())
                                .exchange(said.message())
                                .isPresent())
                || (!said.edited()
                        && said.media() == Media.NONE
                        && parts.random().nextDouble() < parts.groupRate());
    }

    /** Why somebody gets no answer, as a text for them, which may be empty. */
    private Optional<String> refusal(Said said) {
        if (!parts.access().isAllowed(said.user(), said.chat().chat())) {
            parts.metrics().refused("access");
            return Optional.of(said.chat().isGroup() ? "" : Sentences.notAllowed(said.user()));
        }
        boolean inTime = (said.user() == 0 || perUser.of(said.user()).tryConsume(1))
                && perChat.of(said.chat().chat()).tryConsume(1);
        if (!inTime) {
            parts.metrics().refused("rate");
            return Optional.of(Sentences.TOO_FAST);
        }
        if (said.text().length() > parts.limits().longestInput()) {
            parts.metrics().refused("length");
            return Optional.of(Sentences.tooLong(parts.limits().longestInput()));
        }
        return Optional.empty();
    }

    private void command(StoredUpdate update, Said said) {
        Optional<Command> command = Command.of(said.command());
        if (said.edited() || (command.isEmpty() && said.chat().isGroup() && !said.addressed())) {
            done(update);
        } else if (command.isEmpty()) {
            LiveChat chat = parts.chats().of(said.chat());
            answers.say(update, chat, Sentences.unknownCommand(said.command()), said.message());
        } else {
            commands.run(update, command.get(), said);
        }
    }

    /** An edited message is answered anew if nothing was said after it: what others have read stays as it was. */
    private void edited(StoredUpdate update, LiveChat chat, Said said) {
        Optional<Exchange> latest = chat.latest();
        if (latest.isPresent() && latest.get().message() == said.message()) {
            answers.answerEdited(update, chat, said, latest.get());
        } else if (latest.isEmpty() || latest.get().message() < said.message()) {
            answers.answer(update, chat, said);
        } else {
            done(update);
        }
    }

    /** Photos that are sent together come as messages of their own; they are one thing to say. */
    private Said withAlbum(Said said, Mailboxes.Mailbox mailbox) {
        if (said.album().isEmpty()) {
            return said;
        }
        var text = new StringBuilder(said.text());
        Optional<StoredUpdate> next = mailbox.takeIf(update -> isOfAlbum(update, said.album()));
        while (next.isPresent()) {
            if (Incoming.fromJson(next.get().body()) instanceof Said more
                    && !more.text().isEmpty()) {
                text.append(text.isEmpty() ? "" : "\n").append(more.text());
            }
            done(next.get());
            next = mailbox.takeIf(update -> isOfAlbum(update, said.album()));
        }
        return said.withText(MessageParts.head(text.toString(), parts.limits().longestInput()));
    }

    private static boolean isOfAlbum(StoredUpdate update, String album) {
        return update.progress() == Progress.WAITING
                && Incoming.fromJson(update.body()) instanceof Said said
                && said.album().equals(album);
    }

    private void done(StoredUpdate update) {
        parts.store().progress(update.with(Progress.DONE, 0));
    }

    /** Says something that is no answer, at most once a minute in a chat. */
    private void notice(ChatKey chat, String text) {
        if (notices.of(chat.chat()).tryConsume(1)) {
            parts.outbox().send(chat, text, 0, Api.Attempts.UNRECORDED);
        }
    }

    /** Such as a store that fails, and with it what is to be done with the update: it stays as it is until the next start. */
    private void apologize(StoredUpdate update) {
        try {
            notice(update.chat(), Sentences.IN_TROUBLE);
        } catch (ApiException e) {
            LOGGER.log(Level.WARNING, "update " + update.id() + ": nobody could be told: " + e.getMessage());
        }
    }

    private void failed(StoredUpdate update, ApiException e) {
        if (e.failure() == Failure.CLOSED) {
            return;
        }
        if (e.failure() == Failure.BLOCKED) {
            ChatKey whole = new ChatKey(update.chat().chat(), 0);
            ChatState state = parts.store().chat(whole).orElseGet(() -> ChatState.unknown(whole));
            parts.store().progress(update.with(Progress.DONE, 0), state.withBlocked(true));
            parts.chats().drop(update.chat());
            parts.chats().drop(whole);
            LOGGER.log(Level.INFO, "chat " + update.chat().chat() + " does not want to hear from the bot any more");
            return;
        }
        LOGGER.log(Level.WARNING, "update " + update.id() + ": " + e.getMessage());
        done(update);
    }
}
