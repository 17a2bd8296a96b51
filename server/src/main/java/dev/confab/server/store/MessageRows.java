package dev.confab.server.store;

import dev.confab.ui.conversation.Additions;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.Timings;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Messages as rows. */
final class MessageRows {
    private static final String INSERT = """
            insert into messages (conversation, id, position, parent, role, text, search_text, sent_at, state, error, event,
                seconds_to_first, per_second, unit, feedback_option, feedback_comment, feedback_at, additions)
            values (:conversation, :id, :position, :parent, :role, :text, :search_text, :sent_at, :state, :error, :event,
                :seconds_to_first, :per_second, :unit, :feedback_option, :feedback_comment, :feedback_at,
                :additions)
            """;

    /** A message that is there stays in its place, and keeps its feedback if the new one has none. */
    private static final String REPLACE = """
            on conflict (conversation, id) do update set
                role = excluded.role, text = excluded.text, search_text = excluded.search_text,
                sent_at = excluded.sent_at, state = excluded.state, error = excluded.error, event = excluded.event,
                seconds_to_first = excluded.seconds_to_first, per_second = excluded.per_second, unit = excluded.unit,
                additions = excluded.additions,
                feedback_option = coalesce(excluded.feedback_option, messages.feedback_option),
                feedback_comment = case when excluded.feedback_option is null
                    then messages.feedback_comment else excluded.feedback_comment end,
                feedback_at = case when excluded.feedback_option is null
                    then messages.feedback_at else excluded.feedback_at end
            """;

    private static final JsonMapper JSON = JsonMapper.shared();

    private MessageRows() {}

    /**
     * Adds messages, or replaces those with their ids.
     *
     * @param position of the first one, if it is new
     */
    static void put(Handle handle, long conversation, long position, List<StoredMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        try (PreparedBatch batch = handle.prepareBatch(INSERT + REPLACE)) {
            for (StoredMessage message : messages) {
                bind(batch, message)
                        .bind("conversation", conversation)
                        .bind("position", position++)
                        .add();
            }
            batch.execute();
        }
    }

    private static PreparedBatch bind(PreparedBatch batch, StoredMessage message) {
        Timings timings = message.timings();
        Feedback feedback = message.feedback();
        return batch.bind("id", StoredText.encode(message.id()))
                .bind("parent", StoredText.encode(message.parent()))
                .bind("role", message.role().name())
                .bind("text", StoredText.encode(message.text()))
                .bind("search_text", StoredText.folded(message.text()))
                .bind("sent_at", Microseconds.of(message.at()))
                .bind("state", message.state().name())
                .bind("error", StoredText.encodeNullable(message.error()))
                .bind("event", StoredText.encodeNullable(message.event()))
                .bind("seconds_to_first", timings == null ? null : (Double) timings.secondsToFirst())
                .bind("per_second", timings == null ? null : timings.perSecond())
                .bind("unit", timings == null ? null : timings.unit().name())
                .bind("feedback_option", feedback == null ? null : StoredText.encode(feedback.option()))
                .bind("feedback_comment", feedback == null ? null : StoredText.encode(feedback.comment()))
                .bind("feedback_at", feedback == null ? null : (Long) Microseconds.of(feedback.at()))
                .bind("additions", additions(message.additions()));
    }

    /** Those that are new; nothing if one has no parent, or another than before. */
    static Optional<List<StoredMessage>> added(Handle handle, long key, List<StoredMessage> messages) {
        Map<String, String> parents = parents(handle, key, messages);
        List<StoredMessage> added = new ArrayList<>();
        for (StoredMessage message : messages) {
            String parent = message.parent();
            if (!parent.equals(StoredMessage.ROOT) && !parents.containsKey(parent)) {
                return Optional.empty();
            }
            String before = parents.putIfAbsent(message.id(), parent);
            if (before == null) {
                added.add(message);
            } else if (!before.equals(parent)) {
                return Optional.empty();
            }
        }
        return Optional.of(added);
    }

    /** Of the messages that are there already, and of their parents: each one's parent. */
    private static Map<String, String> parents(Handle handle, long key, List<StoredMessage> messages) {
        Set<String> ids = new HashSet<>();
        for (StoredMessage message : messages) {
            ids.add(StoredText.encode(message.id()));
            ids.add(StoredText.encode(message.parent()));
        }
        Map<String, String> parents = new HashMap<>();
        if (!ids.isEmpty()) {
            handle.createQuery("select id, parent from messages where conversation = :key and id in (<ids>)")
                    .bind("key", key)
                    .bindList("ids", List.copyOf(ids))
                    .map((row, _) -> Map.entry(text(row, "id"), text(row, "parent")))
                    .forEach(message -> parents.put(message.getKey(), message.getValue()));
        }
        return parents;
    }

    /** The place after all messages of a conversation. */
    static long nextPosition(Handle handle, long key) {
        return handle.createQuery("select coalesce(max(position), -1) + 1 from messages where conversation = :key")
                .bind("key", key)
                .mapTo(Long.class)
                .one();
    }

    /** A conversation's messages in the order in which they were added. */
    static List<StoredMessage> of(Handle handle, long conversation) {
        return handle.createQuery("select * from messages where conversation = :conversation order by position")
                .bind("conversation", conversation)
                .map((row, _) -> message(row))
                .list();
    }

    private static StoredMessage message(ResultSet row) throws SQLException {
        return new StoredMessage(
                text(row, "id"),
                text(row, "parent"),
                StoredMessage.Role.valueOf(row.getString("role")),
                text(row, "text"),
                Microseconds.instant(row, "sent_at"),
                StoredMessage.State.valueOf(row.getString("state")),
                StoredText.decodeNullable(row.getString("error")),
                StoredText.decodeNullable(row.getString("event")),
                timings(row),
                feedback(row),
                additions(row));
    }

    private static @Nullable String additions(Additions additions) {
        return additions.equals(Additions.NONE) ? null : StoredText.encode(JSON.writeValueAsString(additions));
    }

    private static Additions additions(ResultSet row) throws SQLException {
        String json = StoredText.decodeNullable(row.getString("additions"));
        return json == null ? Additions.NONE : JSON.readValue(json, Additions.class);
    }

    /** A text that is never null. */
    static String text(ResultSet row, String column) throws SQLException {
        return StoredText.decode(Objects.requireNonNull(row.getString(column), column));
    }

    private static @Nullable Timings timings(ResultSet row) throws SQLException {
        String unit = row.getString("unit");
        if (unit == null) {
            return null;
        }
        double perSecond = row.getDouble("per_second");
        return new Timings(
                row.getDouble("seconds_to_first"), row.wasNull() ? null : perSecond, Timings.Unit.valueOf(unit));
    }

    private static @Nullable Feedback feedback(ResultSet row) throws SQLException {
        return row.getString("feedback_option") == null
                ? null
                : new Feedback(
                        text(row, "feedback_option"),
                        text(row, "feedback_comment"),
                        Microseconds.instant(row, "feedback_at"));
    }
}
