package dev.confab.telegram;

import dev.confab.telegram.store.ChatKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * What a chat sees while a reply is made: that the bot is typing and, if it takes long, what there is of the reply, in a
 * message that is edited now and then. Nothing that goes wrong here harms the reply itself.
 *
 * <p>The reply's thread tells of text; a thread of its own does the rest.
 */
final class WhileReplying implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());
    private static final String GOES_ON = " …";
    private static final int SHORTEST = 20;

    private final Outbox outbox;
    private final ChatKey chat;
    private final int answered;
    private final Duration streamAfter;
    private final Duration typing;
    private final Duration tick;
    private final IntConsumer onOpened;
    private final StringBuilder text = new StringBuilder();
    private final Thread thread;
    private String shown = "";
    private int message;
    private boolean streaming = true;
    private long silentUntil;
    private boolean closed;

    /**
     * Begins to show that the bot is typing.
     *
     * @param answered the message that the reply answers visibly, or 0
     * @param message the message that is edited; 0 for one of its own, if it comes to that
     * @param onOpened gets the number of that
     */
    WhileReplying(Outbox outbox, ChatKey chat, int answered, int message, Pace pace, IntConsumer onOpened) {
        this.outbox = outbox;
        this.chat = chat;
        this.answered = answered;
        this.message = message;
        this.onOpened = onOpened;
        streamAfter = pace.streamAfter();
        typing = pace.typing();
        Duration groupPace = Duration.ofMinutes(1).dividedBy(pace.perGroupPerMinute());
        tick = chat.isGroup() && groupPace.compareTo(pace.betweenEdits()) > 0 ? groupPace : pace.betweenEdits();
        thread = Thread.ofVirtual().name("telegram-typing").start(this::run);
    }

    /** More of the reply is final. */
    synchronized void add(String part) {
        text.append(part);
    }

    /** The message that shows a part of the reply; 0 if none does. To be asked after {@link #close}. */
    synchronized int message() {
        return message;
    }

    /** Nothing is shown any more when this returns. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long begun = System.nanoTime();
        long typedAt = begun - typing.toNanos();
        while (!isClosed()) {
            long now = System.nanoTime();
            try {
                if (now - typedAt >= typing.toNanos()) {
                    typedAt = now;
                    outbox.typing(chat);
                }
                if (now - begun >= streamAfter.toNanos() && now - silentUntil >= 0) {
                    show();
                }
            } catch (ApiException e) {
                if (e.failure() == ApiException.Failure.TOO_MANY) {
                    silentUntil = System.nanoTime() + e.retryAfter().toNanos();
                } else {
                    streaming = false;
                    LOGGER.log(Level.DEBUG, "a reply in the making cannot be shown: " + e.getMessage());
                }
            }
            rest();
        }
    }

    private void show() {
        String now = current();
        if (!streaming || now.length() < SHORTEST || now.equals(shown)) {
            return;
        }
        if (message() != 0) {
            if (outbox.editNow(chat, message(), now + GOES_ON)) {
                shown = now;
            }
            return;
        }
        int opened = outbox.sendNow(chat, now + GOES_ON, answered);
        if (opened != 0) {
            shown = now;
            synchronized (this) {
                message = opened;
            }
            onOpened.accept(opened);
        }
    }

    private synchronized String current() {
        return MessageParts.head(text.toString(), MessageParts.LONGEST - GOES_ON.length())
                .strip();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void rest() {
        long end = System.nanoTime() + tick.toNanos();
        try {
            while (!closed && System.nanoTime() < end) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException _) {
            closed = true;
        }
    }
}
