package dev.confab.telegram;

import dev.confab.dialogue.Chatbot;
import dev.confab.server.StoreFailures;
import dev.confab.telegram.store.BotStore;
import dev.confab.telegram.store.ChatKey;
import dev.confab.telegram.store.ChatState;
import dev.confab.telegram.store.StoredUpdate;
import java.util.List;
import java.util.Optional;

/** A store whose failures are incidents of the chatbot, for its operator. They are thrown on. Usable from any thread. */
final class ReportingStore implements BotStore {
    private final BotStore store;
    private final StoreFailures failures;

    ReportingStore(BotStore store, Chatbot bot) {
        this.store = store;
        failures = new StoreFailures(() -> Optional.of(bot));
    }

    private void reported(ChatKey chat, String what, Runnable call) {
        failures.reported(LiveChat.name(chat), what, call);
    }

    @Override
    public List<StoredUpdate> receive(List<StoredUpdate> updates) {
        return failures.reported("telegram", "updates could not be kept", () -> store.receive(updates));
    }

    @Override
    public List<StoredUpdate> unfinished() {
        return failures.reported("telegram", "what was not answered could not be read", store::unfinished);
    }

    @Override
    public void progress(StoredUpdate update) {
        reported(update.chat(), "how far an answer has come could not be kept", () -> store.progress(update));
    }

    @Override
    public void progress(StoredUpdate update, ChatState state) {
        reported(state.key(), "the conversation could not be kept", () -> store.progress(update, state));
    }

    @Override
    public Optional<ChatState> chat(ChatKey key) {
        return failures.reported(LiveChat.name(key), "the conversation could not be read", () -> store.chat(key));
    }

    @Override
    public void save(ChatState state) {
        reported(state.key(), "the conversation could not be kept", () -> store.save(state));
    }

    @Override
    public void forget(ChatKey key) {
        reported(key, "the conversation could not be forgotten", () -> store.forget(key));
    }

    @Override
    public void move(long from, long to) {
        failures.reported("telegram " + from, "the chat could not be moved to " + to, () -> store.move(from, to));
    }
}
