package dev.confab.server.store;

import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.StoredConversation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Conversations as rows, with their settings and choices. */
final class ConversationRows {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, @Nullable Object>> SETTINGS = new TypeReference<>() {};

    private ConversationRows() {}

    /**
     * A conversation's row.
     *
     * @param deleted when it was deleted, null if it was not
     */
    record Row(
            long key,
            ConversationSummary summary,
            Map<String, @Nullable Object> settings,
            @Nullable Instant deleted) {}

    /** The row of an owner's conversation, deleted or not. */
    static Optional<Row> find(Handle handle, String owner, String id) {
        return handle.createQuery("select * from conversations where owner = :owner and id = :id")
                .bind("owner", StoredText.encode(owner))
                .bind("id", StoredText.encode(id))
                .map((row, _) -> row(row))
                .findOne();
    }

    static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("key"),
                summary(row),
                JSON.readValue(MessageRows.text(row, "settings"), SETTINGS),
                Microseconds.optional(row, "deleted_at"));
    }

    static ConversationSummary summary(ResultSet row) throws SQLException {
        return new ConversationSummary(
                MessageRows.text(row, "id"),
                MessageRows.text(row, "title"),
                Microseconds.instant(row, "created_at"),
                Microseconds.instant(row, "updated_at"));
    }

    /** The whole conversation of a row. */
    @SuppressWarnings("NullAway") // a record's class file loses that its settings may hold null
    static StoredConversation conversation(Handle handle, Row row) {
        return new StoredConversation(
                row.summary(), row.settings(), choices(handle, row.key()), MessageRows.of(handle, row.key()));
    }

    private static Map<String, String> choices(Handle handle, long key) {
        Map<String, String> choices = new HashMap<>();
        handle.createQuery("select parent, child from choices where conversation = :key")
                .bind("key", key)
                .map((row, _) -> Map.entry(MessageRows.text(row, "parent"), MessageRows.text(row, "child")))
                .forEach(choice -> choices.put(choice.getKey(), choice.getValue()));
        return choices;
    }

    /** Adds a row or replaces that of its owner and id, and returns its key. */
    static long put(Handle handle, String owner, StoredConversation conversation) {
        ConversationSummary summary = conversation.summary();
        return handle.createQuery("""
                        insert into conversations (owner, id, title, search_title, settings, created_at, updated_at)
                        values (:owner, :id, :title, :search_title, :settings, :created_at, :updated_at)
                        on conflict (owner, id) do update set
                            title = excluded.title, search_title = excluded.search_title, settings = excluded.settings,
                            created_at = excluded.created_at, updated_at = excluded.updated_at, deleted_at = null
                        returning key
                        """)
                .bind("owner", StoredText.encode(owner))
                .bind("id", StoredText.encode(summary.id()))
                .bind("title", StoredText.encode(summary.title()))
                .bind("search_title", StoredText.folded(summary.title()))
                .bind("settings", settings(conversation.settings()))
                .bind("created_at", Microseconds.of(summary.created()))
                .bind("updated_at", Microseconds.of(summary.updated()))
                .mapTo(Long.class)
                .one();
    }

    static String settings(Map<String, @Nullable Object> settings) {
        return StoredText.encode(JSON.writeValueAsString(settings));
    }

    /** Shows a branch. */
    static void choose(Handle handle, long key, String parent, String child) {
        handle.createUpdate("""
                        insert into choices (conversation, parent, child) values (:key, :parent, :child)
                        on conflict (conversation, parent) do update set child = excluded.child
                        """)
                .bind("key", key)
                .bind("parent", StoredText.encode(parent))
                .bind("child", StoredText.encode(child))
                .execute();
    }
}
