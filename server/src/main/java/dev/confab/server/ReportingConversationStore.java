package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.ui.conversation.ConversationQuery;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store of the page's conversations whose failures are incidents of the chatbot. The page gets the failure as well, and
 * goes on without keeping. Usable from any thread.
 */
public final class ReportingConversationStore implements ConversationStore {
    private final ConversationStore store;
    private final StoreFailures failures;

    /**
     * A store that reports.
     *
     * @param store where conversations are kept
     * @param bot who hears of failures; as long as there is none, the page alone does
     */
    public ReportingConversationStore(ConversationStore store, Supplier<Optional<Chatbot>> bot) {
        this.store = store;
        failures = new StoreFailures(bot);
    }

    @Override
    public List<ConversationSummary> list(String owner, ConversationQuery query) {
        return failures.reported("", "conversations could not be listed", () -> store.list(owner, query));
    }

    @Override
    public Optional<StoredConversation> load(String owner, String id) {
        return failures.reported(id, "the conversation could not be loaded", () -> store.load(owner, id));
    }

    @Override
    public void save(String owner, StoredConversation conversation) {
        failures.reported(
                conversation.summary().id(),
                "the conversation could not be kept",
                () -> store.save(owner, conversation));
    }

    @Override
    public boolean put(String owner, String id, List<StoredMessage> messages) {
        return failures.reported(id, "a turn could not be kept", () -> store.put(owner, id, messages));
    }

    @Override
    public boolean remove(String owner, String id, String messageId) {
        return failures.reported(id, "a message could not be removed", () -> store.remove(owner, id, messageId));
    }

    @Override
    public boolean choose(String owner, String id, String messageId) {
        return failures.reported(
                id, "the choice of a branch could not be kept", () -> store.choose(owner, id, messageId));
    }

    @Override
    public boolean rate(String owner, String id, String messageId, @Nullable Feedback feedback) {
        return failures.reported(id, "feedback could not be kept", () -> store.rate(owner, id, messageId, feedback));
    }

    @Override
    public boolean rename(String owner, String id, String title) {
        return failures.reported(id, "a title could not be kept", () -> store.rename(owner, id, title));
    }

    @Override
    public boolean configure(String owner, String id, Map<String, @Nullable Object> settings) {
        return failures.reported(id, "settings could not be kept", () -> store.configure(owner, id, settings));
    }

    @Override
    public boolean delete(String owner, String id) {
        return failures.reported(id, "the conversation could not be deleted", () -> store.delete(owner, id));
    }

    @Override
    public boolean restore(String owner, String id) {
        return failures.reported(id, "the conversation could not be restored", () -> store.restore(owner, id));
    }

    @Override
    public boolean share(String owner, String id, @Nullable String token) {
        return failures.reported(
                id, "the conversation could not be shared or withdrawn", () -> store.share(owner, id, token));
    }

    @Override
    public Optional<String> shareToken(String owner, String id) {
        return failures.reported(id, "the conversation's link could not be loaded", () -> store.shareToken(owner, id));
    }

    @Override
    public Optional<StoredConversation> loadShared(String token) {
        return failures.reported("", "a shared conversation could not be loaded", () -> store.loadShared(token));
    }

    @Override
    public void deleteAll(String owner) {
        failures.reported("", "conversations could not be deleted", () -> store.deleteAll(owner));
    }
}
