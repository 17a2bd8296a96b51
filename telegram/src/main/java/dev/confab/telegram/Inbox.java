package dev.confab.telegram;

import com.pengrad.telegrambot.model.Update;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.Progress;
import dev.confab.telegram.store.StoredUpdate;
import java.util.List;
import java.util.stream.Stream;

/** Where updates come in: each is kept first and put into its chat's mailbox then. Usable from any thread. */
final class Inbox {
    private final UpdateReader reader;
    private final BotStore store;
    private final Mailboxes mailboxes;
    private final BotMetrics metrics;

    Inbox(UpdateReader reader, BotStore store, Mailboxes mailboxes, BotMetrics metrics) {
        this.reader = reader;
        this.store = store;
        this.mailboxes = mailboxes;
        this.metrics = metrics;
    }

    /** Takes up what was not answered when the process ended last. */
    void resume() {
        put(store.unfinished());
    }

    /**
     * Takes updates in, if there is room.
     *
     * @return false if too much is waiting already; then they have to come again later
     */
    synchronized boolean take(List<Update> updates) {
        if (mailboxes.full()) {
            return false;
        }
        List<StoredUpdate> relevant = updates.stream()
                .flatMap(update -> reader.read(update).stream()
                        .map(incoming -> StoredUpdate.waiting(update.updateId(), incoming.chat(), incoming.toJson())))
                .toList();
        List<StoredUpdate> fresh = store.receive(relevant);
        metrics.received(fresh.size());
        put(fresh);
        return true;
    }

    private void put(List<StoredUpdate> updates) {
        for (StoredUpdate tooMany : mailboxes.put(updates)) {
            metrics.refused("queue");
            store.progress(tooMany.with(Progress.DONE, 0));
        }
    }

    /** Updates of all kinds that a bot has something to do with, by Telegram's names. */
    static String[] kinds() {
        return Stream.of("message", "edited_message", "callback_query", "my_chat_member")
                .toArray(String[]::new);
    }
}
