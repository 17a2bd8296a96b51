package dev.confab.telegram.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps everything in memory, so that nothing outlives the process. For trying things out. */
public final class MemoryBotStore implements BotStore {
    /** How many finished updates are remembered; Telegram sends the same one again only shortly after. */
    private static final int MOST_FINISHED = 10_000;

    private final TreeMap<Long, StoredUpdate> updates = new TreeMap<>();
    private final Map<ChatKey, ChatState> chats = new HashMap<>();

    /** A store that knows nothing yet. */
    public MemoryBotStore() {}

    @Override
    public synchronized List<StoredUpdate> receive(List<StoredUpdate> received) {
        List<StoredUpdate> fresh = received.stream()
                .filter(update -> updates.putIfAbsent(update.id(), update) == null)
                .toList();
        if (updates.size() > 2 * MOST_FINISHED) {
            List.copyOf(updates.values()).stream()
                    .filter(update -> update.progress() == Progress.DONE)
                    .limit(updates.size() - MOST_FINISHED)
                    .forEach(update -> updates.remove(update.id()));
        }
        return fresh;
    }

    @Override
    public synchronized List<StoredUpdate> unfinished() {
        return updates.values().stream()
                .filter(update -> update.progress() != Progress.DONE)
                .toList();
    }

    @Override
    public synchronized void progress(StoredUpdate update) {
        updates.put(update.id(), kept(update));
    }

    @Override
    public synchronized void progress(StoredUpdate update, ChatState state) {
        progress(update);
        save(state);
    }

    @Override
    public synchronized Optional<ChatState> chat(ChatKey key) {
        return Optional.ofNullable(chats.get(key));
    }

    @Override
    public synchronized void save(ChatState state) {
        chats.put(state.key(), state);
    }

    @Override
    public synchronized void forget(ChatKey key) {
        chats.remove(key);
        updates.replaceAll((id, update) -> update.chat().equals(key) ? kept(update.with(Progress.DONE, 0)) : update);
    }

    @Override
    public synchronized void move(long from, long to) {
        for (ChatState state : new ArrayList<>(chats.values())) {
            if (state.key().chat() == from) {
                chats.remove(state.key());
                save(state.withKey(new ChatKey(to, state.key().topic())));
            }
        }
    }

    /** What was said is not kept longer than it is needed. */
    private static StoredUpdate kept(StoredUpdate update) {
        return update.progress() == Progress.DONE
                ? new StoredUpdate(update.id(), update.chat(), "", Progress.DONE, 0)
                : update;
    }
}
