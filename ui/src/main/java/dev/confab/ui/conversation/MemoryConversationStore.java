package dev.confab.ui.conversation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations until the process ends, within bounds: when there are too many characters in all, or for too long,
 * those that were changed longest ago are forgotten. Safe for use by several threads.
 */
public final class MemoryConversationStore implements ConversationStore {
    /** How long a deleted conversation can be restored. */
    static final Duration RESTORABLE = Duration.ofHours(1);

    private static final int MAX_CONVERSATIONS = 100_000;
    private static final int MAX_MESSAGES = 10_000;
    /** How much of the store one conversation may take. */
    private static final int SHARE = 4;
    /** What a message takes besides its text, counted as characters. */
    private static final int OVERHEAD = 200;

    private static final Comparator<ConversationSummary> NEWEST_FIRST = Comparator.comparing(
                    ConversationSummary::updated)
            .thenComparing(ConversationSummary::id)
            .reversed();

    private final long maxCharacters;
    private final Duration timeToLive;
    private final InstantSource clock;
    /** In the order of their last changes. */
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    /** The conversations that are shared, by their tokens, and the other way around. */
    private final Map<String, Key> shared = new HashMap<>();

    private final Map<Key, String> tokens = new HashMap<>();

    private long characters;

    private record Key(String owner, String id) {}

    private record Entry(
            StoredConversation conversation,
            Instant changed,
            @Nullable Instant deleted) {
        long size() {
            return conversation.characters()
                    + (long) OVERHEAD * (conversation.messages().size() + 1);
        }
    }

    /**
     * No conversation yet.
     *
     * @param maxCharacters how much all conversations may hold, each message with 200 characters besides its text; one
     *     conversation may take a quarter of it
     * @param timeToLive how long a conversation is kept after its last change
     */
    public MemoryConversationStore(long maxCharacters, Duration timeToLive) {
        this(maxCharacters, timeToLive, InstantSource.system());
    }

    MemoryConversationStore(long maxCharacters, Duration timeToLive, InstantSource clock) {
        if (maxCharacters < 1) {
            throw new IllegalArgumentException("maxCharacters is " + maxCharacters + ", expected at least 1");
        }
        this.maxCharacters = maxCharacters;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    @Override
    public synchronized List<ConversationSummary> list(String owner, ConversationQuery query) {
        forgetOld();
        String wanted = query.search().toLowerCase(Locale.ROOT);
        ConversationQuery.Place after = query.after();
        return entries.entrySet().stream()
                .filter(entry ->
                        entry.getKey().owner().equals(owner) && entry.getValue().deleted() == null)
                .map(entry -> entry.getValue().conversation())
                .filter(conversation -> after == null || after.isBefore(conversation.summary()))
                .filter(conversation -> contains(conversation, wanted))
                .map(StoredConversation::summary)
                .sorted(NEWEST_FIRST)
                .limit(query.limit())
                .toList();
    }

    private static boolean contains(StoredConversation conversation, String wanted) {
        return wanted.isEmpty()
                || conversation.summary().title().toLowerCase(Locale.ROOT).contains(wanted)
                || conversation.messages().stream()
                        .anyMatch(message ->
                                message.text().toLowerCase(Locale.ROOT).contains(wanted));
    }

    @Override
    public synchronized Optional<StoredConversation> load(String owner, String id) {
        forgetOld();
        Entry entry = entries.get(new Key(owner, id));
        return entry == null || entry.deleted() != null ? Optional.empty() : Optional.of(entry.conversation());
    }

    @Override
    public synchronized void save(String owner, StoredConversation conversation) {
        keep(new Key(owner, conversation.summary().id()), conversation, null);
    }

    @Override
    public synchronized boolean put(String owner, String id, List<StoredMessage> messages) {
        StoredConversation before = load(owner, id).orElse(null);
        if (before == null) {
            return false;
        }
        Optional<StoredConversation> after = before.with(messages, clock.instant());
        after.ifPresent(conversation -> keep(new Key(owner, id), conversation, null));
        return after.isPresent();
    }

    @Override
    public synchronized boolean remove(String owner, String id, String messageId) {
        return change(owner, id, messageId, before -> before.without(messageId));
    }

    @Override
    public synchronized boolean choose(String owner, String id, String messageId) {
        return change(owner, id, messageId, before -> before.choosing(messageId));
    }

    @Override
    public synchronized boolean rate(String owner, String id, String messageId, @Nullable Feedback feedback) {
        return change(owner, id, messageId, before -> {
            List<StoredMessage> messages = before.messages().stream()
                    .map(message -> message.id().equals(messageId) ? message.withFeedback(feedback) : message)
                    .toList();
            return new StoredConversation(before.summary(), before.settings(), before.choices(), messages);
        });
    }

    @Override
    public synchronized boolean rename(String owner, String id, String title) {
        return change(owner, id, null, before -> {
            ConversationSummary summary = before.summary();
            return new StoredConversation(
                    new ConversationSummary(summary.id(), title, summary.created(), summary.updated()),
                    before.settings(),
                    before.choices(),
                    before.messages());
        });
    }

    @Override
    public synchronized boolean configure(String owner, String id, Map<String, @Nullable Object> settings) {
        return change(
                owner,
                id,
                null,
                before -> new StoredConversation(before.summary(), settings, before.choices(), before.messages()));
    }

    /** Changes a conversation that is there and has a message, if one is named. */
    private boolean change(
            String owner, String id, @Nullable String messageId, UnaryOperator<StoredConversation> change) {
        StoredConversation before = load(owner, id).orElse(null);
        if (before == null
                || (messageId != null
                        && before.messages().stream()
                                .noneMatch(message -> message.id().equals(messageId)))) {
            return false;
        }
        keep(new Key(owner, id), change.apply(before), null);
        return true;
    }

    @Override
    public synchronized boolean delete(String owner, String id) {
        StoredConversation conversation = load(owner, id).orElse(null);
        if (conversation == null) {
            return false;
        }
        keep(new Key(owner, id), conversation, clock.instant());
        forgetDeleted();
        return true;
    }

    @Override
    public synchronized boolean restore(String owner, String id) {
        forgetDeleted();
        Key key = new Key(owner, id);
        Entry entry = entries.get(key);
        if (entry == null || entry.deleted() == null) {
            return false;
        }
        keep(key, entry.conversation(), null);
        return true;
    }

    @Override
    public synchronized boolean share(String owner, String id, @Nullable String token) {
        if (load(owner, id).isEmpty()) {
            return false;
        }
        Key key = new Key(owner, id);
        withdraw(key);
        if (token != null) {
            shared.put(token, key);
            tokens.put(key, token);
        }
        return true;
    }

    private void withdraw(Key key) {
        String token = tokens.remove(key);
        if (token != null) {
            shared.remove(token);
        }
    }

    @Override
    public synchronized Optional<String> shareToken(String owner, String id) {
        return load(owner, id).isEmpty() ? Optional.empty() : Optional.ofNullable(tokens.get(new Key(owner, id)));
    }

    @Override
    public synchronized Optional<StoredConversation> loadShared(String token) {
        Key key = shared.get(token);
        return key == null ? Optional.empty() : load(key.owner(), key.id());
    }

    @Override
    public synchronized void deleteAll(String owner) {
        entries.keySet().stream()
                .filter(key -> key.owner().equals(owner))
                .toList()
                .forEach(this::forget);
    }

    private void keep(Key key, StoredConversation conversation, @Nullable Instant deleted) {
        Entry entry = new Entry(conversation, clock.instant(), deleted);
        if (entry.size() > maxCharacters / SHARE || conversation.messages().size() > MAX_MESSAGES) {
            throw new ConversationFullException("This conversation has " + conversation.characters()
                    + " characters in " + conversation.messages().size() + " messages, which is more than is kept: "
                    + maxCharacters / SHARE + " characters, or " + MAX_MESSAGES + " messages. Begin a new one.");
        }
        remove(key);
        entries.put(key, entry);
        characters += entry.size();
        forgetOld();
    }

    private void remove(Key key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            characters -= entry.size();
        }
    }

    private void forget(Key key) {
        remove(key);
        withdraw(key);
    }

    private void forgetDeleted() {
        Instant tooOld = clock.instant().minus(RESTORABLE);
        entries.entrySet().stream()
                .filter(entry -> {
                    Instant deleted = entry.getValue().deleted();
                    return deleted != null && deleted.isBefore(tooOld);
                })
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
    }

    /** The oldest go while there is too much, or they are too old. */
    private void forgetOld() {
        Instant tooOld = clock.instant().minus(timeToLive);
        while (!entries.isEmpty()) {
            Map.Entry<Key, Entry> eldest = entries.entrySet().iterator().next();
            boolean tooMuch = characters > maxCharacters || entries.size() > MAX_CONVERSATIONS;
            if (!tooMuch && !eldest.getValue().changed().isBefore(tooOld)) {
                return; // those after it were changed later
            }
            forget(eldest.getKey());
        }
    }
}
