package dev.confab.telegram;

import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.StoredUpdate;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The updates that wait, chat by chat. Each chat that has any gets a virtual thread, which handles them in order and ends
 * when there are none.
 *
 * <p>Usable from any thread.
 */
final class Mailboxes {
    private static final Logger LOGGER = System.getLogger(TelegramBot.class.getName());
    private static final int MOST_WAITING = 10_000;

    private final int mostPerChat;
    private final Handler handler;
    private final Map<ChatKey, Mailbox> mailboxes = new HashMap<>();
    private int waiting;
    private boolean closed;

    /** Handles updates; never at the same time two of one chat. */
    interface Handler {
        /** Handles an update, and perhaps more of the same chat's that belong to it. */
        void handle(StoredUpdate update, Mailbox mailbox);
    }

    /** The updates of one chat that wait. */
    final class Mailbox {
        private final Deque<StoredUpdate> updates = new ArrayDeque<>();
        private boolean overflowed;

        /** Takes the next update out, if it is as wanted. */
        Optional<StoredUpdate> takeIf(Predicate<StoredUpdate> wanted) {
            synchronized (Mailboxes.this) {
                StoredUpdate next = updates.peek();
                if (next == null || !wanted.test(next)) {
                    return Optional.empty();
                }
                waiting--;
                return Optional.of(updates.remove());
            }
        }

        /** Whether updates were turned away since this was asked last. */
        boolean hasOverflowed() {
            synchronized (Mailboxes.this) {
                boolean before = overflowed;
                overflowed = false;
                return before;
            }
        }
    }

    Mailboxes(int mostPerChat, Handler handler) {
        this.mostPerChat = mostPerChat;
        this.handler = handler;
    }

    /**
     * Puts updates at the ends of their chats' mailboxes, all of them before the first is handled.
     *
     * @return those for which there was no room
     */
    synchronized List<StoredUpdate> put(List<StoredUpdate> updates) {
        return updates.stream().filter(update -> !put(update)).toList();
    }

    private boolean put(StoredUpdate update) {
        if (closed) {
            return true;
        }
        Mailbox mailbox = mailboxes.get(update.chat());
        if (mailbox == null) {
            mailbox = new Mailbox();
            mailboxes.put(update.chat(), mailbox);
            Mailbox started = mailbox;
            Thread.ofVirtual().name("telegram-chat").start(() -> run(update.chat(), started));
        } else if (mailbox.updates.size() >= mostPerChat) {
            mailbox.overflowed = true;
            return false;
        }
        mailbox.updates.add(update);
        waiting++;
        return true;
    }

    /** Whether so much is waiting that nothing more should be asked for. */
    synchronized boolean full() {
        return waiting >= MOST_WAITING;
    }

    /** How many updates wait. */
    synchronized int waiting() {
        return waiting;
    }

    /**
     * Handles nothing more; what waits is left to the store.
     *
     * @param patience how long to wait for updates that are being handled
     * @return whether all of them are done
     */
    synchronized boolean close(Duration patience) {
        closed = true;
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!mailboxes.isEmpty() && System.nanoTime() < end) {
                wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return mailboxes.isEmpty();
    }

    private void run(ChatKey chat, Mailbox mailbox) {
        for (StoredUpdate update = next(chat, mailbox); update != null; update = next(chat, mailbox)) {
            try {
                handler.handle(update, mailbox);
            } catch (RuntimeException e) {
                LOGGER.log(Level.ERROR, "update " + update.id() + " could not be handled", e);
            }
        }
    }

    private synchronized @Nullable StoredUpdate next(ChatKey chat, Mailbox mailbox) {
        StoredUpdate update = closed ? null : mailbox.updates.poll();
        if (update == null) {
            mailboxes.remove(chat);
            notifyAll();
        } else {
            waiting--;
        }
        return update;
    }
}
