package dev.confab.server.store;

import dev.confab.ui.conversation.Additions;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.Timings;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that the database has of one person: as a document to hand out, and deleted for good. May be used by several threads
 * at the same time.
 */
public final class UserData {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Database database;

    /** Of an open database. */
    public UserData(Database database) {
        this.database = database;
    }

    /**
     * Writes an owner's conversations as one JSON document, those included that are deleted and can still be restored. All
     * is as it was at one moment; memory is needed for one conversation at a time.
     *
     * @param owner as the store of conversations has it, such as {@link User#owner()}
     * @param out where the document goes; stays open
     * @return how many conversations there are in it
     */
    public int export(String owner, OutputStream out) {
        return database.read(handle -> {
            try (JsonGenerator json = JSON.writerWithDefaultPrettyPrinter()
                    .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .createGenerator(out, JsonEncoding.UTF8)) {
                json.writeStartObject();
                json.writeStringProperty("format", "confab-user-data");
                json.writeNumberProperty("version", 1);
                json.writeStringProperty("owner", owner);
                json.writeStringProperty("exported_at", Instant.now().toString());
                json.writeArrayPropertyStart("conversations");
                List<String> ids = ids(handle, owner);
                for (String id : ids) {
                    ConversationRows.find(handle, owner, id)
                            .ifPresent(row -> write(json, ConversationRows.conversation(handle, row), row.deleted()));
                }
                json.writeEndArray();
                json.writeEndObject();
                json.writeRaw('\n');
                return ids.size();
            }
        });
    }

    private static List<String> ids(Handle handle, String owner) {
        return handle.createQuery("select id from conversations where owner = :owner order by created_at, id")
                .bind("owner", StoredText.encode(owner))
                .map((row, _) -> MessageRows.text(row, "id"))
                .list();
    }

    private static void write(JsonGenerator json, StoredConversation conversation, @Nullable Instant deleted) {
        json.writeStartObject();
        json.writeStringProperty("id", conversation.summary().id());
        json.writeStringProperty("title", conversation.summary().title());
        json.writeStringProperty("created_at", conversation.summary().created().toString());
        json.writeStringProperty("updated_at", conversation.summary().updated().toString());
        writeOptional(json, "deleted_at", deleted);
        json.writePOJOProperty("settings", conversation.settings());
        json.writePOJOProperty(
                "shown", conversation.path().stream().map(StoredMessage::id).toList());
        json.writeArrayPropertyStart("messages");
        conversation.messages().forEach(message -> write(json, message));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, StoredMessage message) {
        json.writeStartObject();
        json.writeStringProperty("id", message.id());
        json.writeStringProperty("parent", message.parent());
        json.writeStringProperty("role", message.role().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("text", message.text());
        json.writeStringProperty("at", message.at().toString());
        json.writeStringProperty("state", message.state().name().toLowerCase(Locale.ROOT));
        writeOptional(json, "error", message.error());
        if (!message.additions().equals(Additions.NONE)) {
            json.writePOJOProperty("additions", message.additions());
        }
        Timings timings = message.timings();
        if (timings != null) {
            json.writeNumberProperty("seconds_to_first", timings.secondsToFirst());
        }
        Feedback feedback = message.feedback();
        if (feedback != null) {
            json.writePOJOProperty(
                    "feedback",
                    Map.of(
                            "option", feedback.option(),
                            "comment", feedback.comment(),
                            "at", feedback.at().toString()));
        }
        json.writeEndObject();
    }

    private static void writeOptional(JsonGenerator json, String name, @Nullable Object value) {
        if (value != null) {
            json.writeStringProperty(name, value.toString());
        }
    }

    /**
     * Deletes an owner's conversations for good, restorable ones included. Nothing of them stays in an SQLite file;
     * PostgreSQL gives the space free in its own time.
     *
     * @param owner as the store of conversations has it, such as {@link User#owner()}
     * @return how many there were
     */
    public int delete(String owner) {
        int deleted = database.write(handle -> handle.createUpdate("delete from conversations where owner = :owner")
                .bind("owner", StoredText.encode(owner))
                .execute());
        database.purge();
        return deleted;
    }
}
