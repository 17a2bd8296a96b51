package dev.confab.server.store;

import dev.confab.ui.conversation.ConversationFullException;
import dev.confab.ui.conversation.ConversationQuery;
import dev.confab.ui.conversation.ConversationStore;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations in a database. Times are kept to the microsecond.
 *
 * <p>May be used by several threads, and by several processes on one database: each change of a conversation locks its row
 * first, so that changes of one conversation happen one after the other. Failures of the database are
 * {@link StoreException}s.
 */
public final class DatabaseConversationStore implements ConversationStore {
    /** How long a deleted conversation can be restored. */
    static final Duration RESTORABLE = Duration.ofHours(1);

    /** How many messages a conversation may have. */
    static final int MAX_MESSAGES = 10_000;
    /** How many characters they may have together. */
    static final int MAX_CHARACTERS = 4 << 20;

    private final Database database;
    private final InstantSource clock;

    /** In an open database, which is to be closed later than the store is used. */
    public DatabaseConversationStore(Database database) {
        this(database, InstantSource.system());
    }

    DatabaseConversationStore(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<ConversationSummary> list(String owner, ConversationQuery query) {
        ConversationQuery.Place after = query.after();
        String sql = """
                select id, title, created_at, updated_at from conversations
                where owner = :owner and deleted_at is null
                """
                + (after == null ? "" : " and (updated_at < :updated or (updated_at = :updated and id < :id))")
                + (query.search().isEmpty() ? "" : " and (" + searching() + ")")
                + " order by updated_at desc, id desc limit :limit";
        return database.read(handle -> {
            Query found = handle.createQuery(sql)
                    .bind("owner", StoredText.encode(owner))
                    .bind("limit", query.limit());
            if (after != null) {
                found.bind("updated", Microseconds.of(after.updated())).bind("id", StoredText.encode(after.id()));
            }
            if (!query.search().isEmpty()) {
                found.bind("wanted", StoredText.folded(query.search()));
            }
            return found.map((row, _) -> ConversationRows.summary(row)).list();
        });
    }

    private String searching() {
        Dialect dialect = database.dialect();
        return dialect.contains("search_title")
                + " or exists (select 1 from messages where messages.conversation = conversations.key and "
                + dialect.contains("search_text") + ")";
    }

    @Override
    public Optional<StoredConversation> load(String owner, String id) {
        return database.read(handle -> ConversationRows.find(handle, owner, id)
                .filter(row -> row.deleted() == null)
                .map(row -> ConversationRows.conversation(handle, row)));
    }

    @Override
    public void save(String owner, StoredConversation conversation) {
        List<StoredMessage> messages = conversation.messages();
        refuseTooMuch(messages.size(), conversation.characters());
        database.change(handle -> {
            long key = ConversationRows.put(handle, owner, conversation);
            update(handle, "delete from choices where conversation = :key", key).execute();
            update(handle, "delete from messages where conversation = :key", key)
                    .execute();
            MessageRows.put(handle, key, 0, messages);
            conversation.choices().forEach((parent, child) -> ConversationRows.choose(handle, key, parent, child));
        });
    }

    @Override
    public boolean put(String owner, String id, List<StoredMessage> messages) {
        refuseTooMuch(messages.size(), 0);
        return change(owner, id, (handle, key) -> {
            Optional<List<StoredMessage>> added = MessageRows.added(handle, key, messages);
            if (added.isEmpty()) {
                return false;
            }
            MessageRows.put(handle, key, MessageRows.nextPosition(handle, key), messages);
            added.get().forEach(message -> ConversationRows.choose(handle, key, message.parent(), message.id()));
            refuseTooMuch(handle, key);
            update(handle, "update conversations set updated_at = :now where key = :key", key)
                    .bind("now", Microseconds.of(clock.instant()))
                    .execute();
            return true;
        });
    }

    @Override
    public boolean remove(String owner, String id, String messageId) {
        String gone = """
                with recursive gone (id) as (
                    select id from messages where conversation = :key and id = :message
                    union all
                    select messages.id from messages join gone on messages.parent = gone.id where conversation = :key)
                """;
        return change(owner, id, (handle, key) -> {
            String message = StoredText.encode(messageId);
            update(handle, gone + """
                            delete from choices where conversation = :key
                                and (parent in (select id from gone) or child in (select id from gone))
                            """, key).bind("message", message).execute();
            return update(handle, gone + """
                            delete from messages where conversation = :key and id in (select id from gone)
                            """, key).bind("message", message).execute() > 0;
        });
    }

    @Override
    public boolean choose(String owner, String id, String messageId) {
        return change(owner, id, (handle, key) -> {
            Optional<String> parent = handle.createQuery(
                            "select parent from messages where conversation = :key and id = :message")
                    .bind("key", key)
                    .bind("message", StoredText.encode(messageId))
                    .map((row, _) -> MessageRows.text(row, "parent"))
                    .findOne();
            parent.ifPresent(found -> ConversationRows.choose(handle, key, found, messageId));
            return parent.isPresent();
        });
    }

    @Override
    public boolean rate(String owner, String id, String messageId, @Nullable Feedback feedback) {
        return change(
                owner,
                id,
                (handle, key) -> update(handle, """
                        update messages set feedback_option = :option, feedback_comment = :comment, feedback_at = :at
                        where conversation = :key and id = :message
                        """, key)
                                .bind("message", StoredText.encode(messageId))
                                .bind("option", feedback == null ? null : StoredText.encode(feedback.option()))
                                .bind("comment", feedback == null ? null : StoredText.encode(feedback.comment()))
                                .bind("at", feedback == null ? null : (Long) Microseconds.of(feedback.at()))
                                .execute()
                        > 0);
    }

    @Override
    public boolean rename(String owner, String id, String title) {
        return change(owner, id, (handle, key) -> {
            update(
                            handle,
                            "update conversations set title = :title, search_title = :search_title where key = :key",
                            key)
                    .bind("title", StoredText.encode(title))
                    .bind("search_title", StoredText.folded(title))
                    .execute();
            return true;
        });
    }

    @Override
    public boolean configure(String owner, String id, Map<String, @Nullable Object> settings) {
        return change(owner, id, (handle, key) -> {
            update(handle, "update conversations set settings = :settings where key = :key", key)
                    .bind("settings", ConversationRows.settings(settings))
                    .execute();
            return true;
        });
    }

    @Override
    public boolean delete(String owner, String id) {
        return change(owner, id, (handle, key) -> {
            Retention.removeDeleted(handle, clock.instant()); // so that it goes even where nobody cleans
            update(handle, "update conversations set deleted_at = :now where key = :key", key)
                    .bind("now", Microseconds.of(clock.instant()))
                    .execute();
            return true;
        });
    }

    @Override
    public boolean restore(String owner, String id) {
        return database.write(handle -> handle.createUpdate("""
                                update conversations set deleted_at = null
                                where owner = :owner and id = :id and deleted_at >= :oldest
                                """)
                        .bind("owner", StoredText.encode(owner))
                        .bind("id", StoredText.encode(id))
                        .bind("oldest", Microseconds.of(clock.instant().minus(RESTORABLE)))
                        .execute()
                > 0);
    }

    @Override
    public boolean share(String owner, String id, @Nullable String token) {
        return change(owner, id, (handle, key) -> {
            ShareRows.put(handle, key, token);
            return true;
        });
    }

    @Override
    public Optional<String> shareToken(String owner, String id) {
        return database.read(handle -> ShareRows.token(handle, owner, id));
    }

    @Override
    public Optional<StoredConversation> loadShared(String token) {
        return database.read(handle -> ShareRows.find(handle, token));
    }

    @Override
    public void deleteAll(String owner) {
        new UserData(database).delete(owner);
    }

    /** Changes a conversation that is there and not deleted, while nobody else does; false if there is none. */
    private boolean change(String owner, String id, BiPredicate<Handle, Long> change) {
        return database.write(handle -> {
            Optional<Long> key = handle.createQuery(
                            "select key from conversations where owner = :owner and id = :id and deleted_at is null"
                                    + database.dialect().locking())
                    .bind("owner", StoredText.encode(owner))
                    .bind("id", StoredText.encode(id))
                    .mapTo(Long.class)
                    .findOne();
            return key.isPresent() && change.test(handle, key.get());
        });
    }

    private static Update update(Handle handle, String sql, long key) {
        return handle.createUpdate(sql).bind("key", key);
    }

    private static void refuseTooMuch(Handle handle, long key) {
        handle.createQuery("select count(*), coalesce(sum(length(text)), 0) from messages where conversation = :key")
                .bind("key", key)
                .map((row, _) -> {
                    refuseTooMuch(row.getLong(1), row.getLong(2));
                    return true;
                })
                .one();
    }

    private static void refuseTooMuch(long messages, long characters) {
        if (messages > MAX_MESSAGES || characters > MAX_CHARACTERS) {
            throw new ConversationFullException(
                    "This conversation has " + characters + " characters in " + messages + " messages, which is more"
                            + " than is kept: " + MAX_CHARACTERS + " characters, or " + MAX_MESSAGES
                            + " messages. Begin a new one.");
        }
    }
}
