package dev.confab.telegram;

import dev.confab.dialogue.Reply;
import dev.confab.dialogue.Speaker;
import dev.confab.dialogue.Turn;
import dev.confab.engine.error.ConfabException;
import dev.confab.telegram.ApiException.Failure;
import dev.confab.telegram.Incoming.Said;
import dev.confab.telegram.gif.Gif;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.Exchange;
import dev.confab.telegram.store.Progress;
import dev.confab.telegram.store.StoredUpdate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes replies and brings them into their chats.
 *
 * <p>A reply is kept before it is sent, and its update is marked as {@link Progress#SENDING} while nobody can know whether
 * a message has arrived. So whenever the process dies, the next one knows what to do: a reply that was not made is made, one
 * that certainly was not sent is sent, and a message that may have arrived is not sent again. Changes of a message can be
 * made twice, so for those there is no doubt.
 */
final class Answers {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());

    private final BotStore store;
    private final Outbox outbox;
    private final GifSender gifs;
    private final Pace pace;
    private final BotMetrics metrics;
    private final Semaphore turns;

    /**
     * A maker of replies.
     *
     * @param atOnce how many are made at the same time; the chats that wait get their turns in order
     */
    Answers(BotStore store, Outbox outbox, GifSender gifs, Pace pace, BotMetrics metrics, int atOnce) {
        this.store = store;
        this.outbox = outbox;
        this.gifs = gifs;
        this.pace = pace;
        this.metrics = metrics;
        turns = new Semaphore(atOnce, true);
    }

    /** Replies to what somebody said. */
    void answer(StoredUpdate update, LiveChat chat, Said said) {
        if (resumed(update, chat, said)) {
            return;
        }
        boolean gif = GifSender.isRequested(said.text());
        String text = gif ? GifSender.withoutRequest(said.text()) : said.text();
        Reply reply = reply(
                update,
                chat,
                said,
                update.openMessage(),
                onText -> chat.conversation().say(text.isEmpty() ? said.text() : text, onText));
        gifs.follow(chat.key(), reply.text(), gif, chat.settings());
    }

    /** Replies to the new text of the message that was answered last, in the place of the former reply. */
    void answerEdited(StoredUpdate update, LiveChat chat, Said said, Exchange former) {
        boolean known =
                chat.conversation().turns().stream().anyMatch(turn -> turn.isUser() && turn.id() == former.turn());
        int message = former.replies().isEmpty() ? 0 : former.replies().getFirst();
        reply(
                update,
                chat,
                said,
                message,
                onText -> known
                        ? chat.conversation().edit(former.turn(), said.text(), onText)
                        : chat.conversation().say(said.text(), onText));
        for (int rest : former.replies()
                .subList(Math.min(1, former.replies().size()), former.replies().size())) {
            outbox.delete(chat.key(), rest);
        }
    }

    /** Makes another reply to what was said last. */
    void answerAnew(StoredUpdate update, LiveChat chat, Said said) {
        if (!resumed(update, chat, said)) {
            reply(
                    update,
                    chat,
                    said,
                    update.openMessage(),
                    onText -> chat.conversation().regenerate(onText));
        }
    }

    /** Says something that is no part of the conversation. */
    void say(StoredUpdate update, LiveChat chat, String text, int answered) {
        for (String part : MessageParts.of(text)) {
            outbox.send(chat.key(), part, visibly(chat, answered), recorded(update, chat));
        }
        store.progress(update.with(Progress.DONE, 0));
    }

    /** The process died while a message was on its way. */
    void settle(StoredUpdate update) {
        LOGGER.log(
                Level.INFO,
                "the answer to update " + update.id() + " was on its way when the bot ended; it may have"
                        + " arrived, so it is not sent again");
        store.progress(update.with(Progress.DONE, 0));
    }

    /** Notes, before and after each attempt to send an answer, how far it has come, and keeps the chat's state with it. */
    Api.Attempts recorded(StoredUpdate update, LiveChat chat) {
        return new Api.Attempts() {
            @Override
            public void begin() {
                store.progress(update.with(Progress.SENDING, update.openMessage()), chat.state());
            }

            @Override
            public void failed() {
                store.progress(update.with(Progress.WAITING, update.openMessage()));
            }
        };
    }

    /** Makes a reply and sends it, or edits it into a message that is there. */
    private Reply reply(
            StoredUpdate update, LiveChat chat, Said said, int message, Function<Consumer<String>, Reply> making) {
        long begun = System.nanoTime();
        int answered = visibly(chat, said.message());
        chat.setBlocked(false);
        turns.acquireUninterruptibly();
        Reply reply;
        var showing = new WhileReplying(
                outbox,
                chat.key(),
                answered,
                message,
                pace,
                opened -> noted(() -> store.progress(update.with(Progress.WAITING, opened))));
        try (showing) {
            reply = making.apply(showing::add);
        } finally {
            turns.release();
        }
        outbox.requireOpen(); // a reply that was cut short by the end of the bot is made anew after the next start
        var exchange = new Exchange(said.message(), reply.turn().parent(), List.of());
        send(update.with(Progress.WAITING, showing.message()), chat, exchange, reply.text());
        metrics.replied(reply, Duration.ofNanos(System.nanoTime() - begun));
        return reply;
    }

    /** Sends what is not sent yet of a reply that was made before the process ended, if there is one. */
    private boolean resumed(StoredUpdate update, LiveChat chat, Said said) {
        Optional<Exchange> exchange = chat.exchange(said.message());
        Optional<Turn> reply = chat.conversation().transcript().latest(Speaker.CHATBOT);
        if (exchange.isEmpty() || reply.isEmpty()) {
            return false;
        }
        send(update, chat, exchange.get(), reply.get().text());
        return true;
    }

    /** Sends the parts of a reply that were not sent yet; the first is edited into the open message, if there is one. */
    private void send(StoredUpdate update, LiveChat chat, Exchange exchange, String reply) {
        chat.put(exchange);
        store.progress(update, chat.state());
        List<String> parts = MessageParts.of(reply.isBlank() ? Sentences.NOTHING_TO_SAY : reply);
        List<Integer> sent = new ArrayList<>(exchange.replies());
        while (sent.size() < parts.size()) {
            if (sent.isEmpty()) {
                Sent first = sendFirst(update, chat, exchange.message(), reply, parts.getFirst());
                sent.add(first.message());
                parts = first.whole() ? parts.subList(0, 1) : parts;
            } else {
                sent.add(outbox.send(chat.key(), parts.get(sent.size()), 0, recorded(update, chat)));
            }
            chat.put(new Exchange(exchange.message(), exchange.turn(), sent));
            noted(() -> store.progress(update.with(Progress.WAITING, update.openMessage()), chat.state()));
        }
        noted(() -> store.progress(update.with(Progress.DONE, 0), chat.state()));
    }

    /**
     * Notes what was sent. If that fails, which the store reports, it was sent all the same; the update stays marked as on
     * its way, and is not answered again.
     */
    private static void noted(Runnable note) {
        try {
            note.run();
        } catch (ConfabException e) {
            LOGGER.log(Level.DEBUG, "an answer was sent and could not be noted", e);
        }
    }

    /** A message that was sent, and whether it is all of the reply. */
    private record Sent(int message, boolean whole) {}

    private Sent sendFirst(StoredUpdate update, LiveChat chat, int said, String reply, String part) {
        int answered = visibly(chat, said);
        if (update.openMessage() != 0 && edited(update, part)) {
            return new Sent(update.openMessage(), false);
        }
        Optional<Gif> gif = reply.isBlank() ? Optional.empty() : gifs.inPlaceOf(reply);
        if (gif.isPresent()) {
            try {
                return new Sent(gifs.send(chat.key(), gif.get(), reply, answered, recorded(update, chat)), true);
            } catch (ApiException e) {
                if (e.failure() != Failure.REFUSED) {
                    throw e;
                }
                LOGGER.log(Level.DEBUG, "a GIF could not be sent, the words go out without it: " + e.getMessage());
            }
        }
        return new Sent(outbox.send(chat.key(), part, answered, recorded(update, chat)), false);
    }

    /** False where the message cannot be edited any more, as it was deleted, or is a GIF. */
    private boolean edited(StoredUpdate update, String text) {
        try {
            outbox.edit(update.chat(), update.openMessage(), text, null);
            return true;
        } catch (ApiException e) {
            if (e.failure() != Failure.REFUSED) {
                throw e;
            }
            return false;
        }
    }

    /** In groups an answer shows what it answers. */
    private static int visibly(LiveChat chat, int message) {
        return chat.key().isGroup() ? message : 0;
    }
}
