package dev.confab.telegram.store;

import dev.confab.server.store.Database;
import dev.confab.server.store.Schema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps what a bot must not forget in a database, which several bots and a server can share. Methods throw
 * {@link dev.confab.server.store.StoreException} if the database fails.
 */
public final class DatabaseBotStore implements BotStore {
    private static final Schema SCHEMA =
            new Schema("telegram", "META-INF/confab/telegram", 1, DatabaseBotStore.class.getClassLoader());
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Telegram keeps updates for a day, so an older one never comes again. */
    private static final Duration REMEMBERED = Duration.ofDays(2);

    private final Database database;
    private final long bot;
    private final InstantSource clock;

    /** What is kept of a chat besides its conversation. */
    private record Details(ChatSettings settings, List<Exchange> exchanges) {}

    private DatabaseBotStore(Database database, long bot, InstantSource clock) {
        this.database = database;
        this.bot = bot;
        this.clock = clock;
    }

    /**
     * Opens the part of a database that is a bot's, and makes its tables if they are not there.
     *
     * @param database stays the caller's to close
     * @param bot the bot's number
     * @throws dev.confab.server.store.StoreException if the database fails, or a newer program has made the tables
     */
    public static DatabaseBotStore open(Database database, long bot) {
        database.migrate(SCHEMA);
        return new DatabaseBotStore(database, bot, InstantSource.system());
    }

    /** The same with another clock. */
    DatabaseBotStore withClock(InstantSource other) {
        return new DatabaseBotStore(database, bot, other);
    }

    @Override
    public List<StoredUpdate> receive(List<StoredUpdate> updates) {
        return database.write(handle -> {
            long now = clock.millis();
            List<StoredUpdate> fresh = new ArrayList<>();
            for (StoredUpdate update : updates) {
                if (insert(handle, update, now) == 1) {
                    fresh.add(update);
                }
            }
            handle.createUpdate("delete from telegram_updates where received_at < :before and progress = 'DONE'")
                    .bind("before", now - REMEMBERED.toMillis())
                    .execute();
            return fresh;
        });
    }

    @Override
    public List<StoredUpdate> unfinished() {
        return database.read(handle -> handle.createQuery(
                        "select * from telegram_updates where bot = :bot and progress <> 'DONE' order by id")
                .bind("bot", bot)
                .map((row, _) -> update(row))
                .list());
    }

    @Override
    public void progress(StoredUpdate update) {
        database.write(handle -> progress(handle, update));
    }

    @Override
    public void progress(StoredUpdate update, ChatState state) {
        database.write(handle -> progress(handle, update) + save(handle, state));
    }

    @Override
    public Optional<ChatState> chat(ChatKey key) {
        return database.read(handle -> handle.createQuery(
                        "select * from telegram_chats where bot = :bot and chat = :chat and topic = :topic")
                .bind("bot", bot)
                .bind("chat", key.chat())
                .bind("topic", key.topic())
                .map((row, _) -> chat(row))
                .findOne());
    }

    @Override
    public void save(ChatState state) {
        database.write(handle -> save(handle, state));
    }

    @Override
    public void forget(ChatKey key) {
        database.write(handle -> handle.createUpdate(
                                "delete from telegram_chats where bot = :bot and chat = :chat and topic = :topic")
                        .bind("bot", bot)
                        .bind("chat", key.chat())
                        .bind("topic", key.topic())
                        .execute()
                + handle.createUpdate("update telegram_updates set progress = 'DONE', open_message = 0, body = ''"
                                + " where bot = :bot and chat = :chat and topic = :topic")
                        .bind("bot", bot)
                        .bind("chat", key.chat())
                        .bind("topic", key.topic())
                        .execute());
    }

    @Override
    public void move(long from, long to) {
        database.write(handle -> handle.createUpdate("delete from telegram_chats where bot = :bot and chat = :to")
                        .bind("bot", bot)
                        .bind("to", to)
                        .execute()
                + handle.createUpdate("update telegram_chats set chat = :to where bot = :bot and chat = :from")
                        .bind("bot", bot)
                        .bind("from", from)
                        .bind("to", to)
                        .execute());
    }

    private int insert(Handle handle, StoredUpdate update, long now) {
        return handle.createUpdate("""
                        insert into telegram_updates
                            (bot, id, chat, topic, received_at, progress, open_message, body)
                        values (:bot, :id, :chat, :topic, :now, :progress, :open, :body)
                        on conflict (bot, id) do nothing""")
                .bind("bot", bot)
                .bind("id", update.id())
                .bind("chat", update.chat().chat())
                .bind("topic", update.chat().topic())
                .bind("now", now)
                .bind("progress", update.progress().name())
                .bind("open", update.openMessage())
                .bind("body", update.body())
                .execute();
    }

    /** What was said is not kept longer than it is needed. */
    private int progress(Handle handle, StoredUpdate update) {
        return handle.createUpdate(
                        "update telegram_updates set progress = :progress, open_message = :open, body = :body"
                                + " where bot = :bot and id = :id")
                .bind("bot", bot)
                .bind("id", update.id())
                .bind("progress", update.progress().name())
                .bind("open", update.openMessage())
                .bind("body", update.progress() == Progress.DONE ? "" : update.body())
                .execute();
    }

    private int save(Handle handle, ChatState state) {
        return handle.createUpdate("""
                        insert into telegram_chats (bot, chat, topic, transcript, details, blocked)
                        values (:bot, :chat, :topic, :transcript, :details, :blocked)
                        on conflict (bot, chat, topic) do update set transcript = excluded.transcript,
                            details = excluded.details, blocked = excluded.blocked""")
                .bind("bot", bot)
                .bind("chat", state.key().chat())
                .bind("topic", state.key().topic())
                .bind("transcript", state.transcript())
                .bind("details", JSON.writeValueAsString(new Details(state.settings(), state.exchanges())))
                .bind("blocked", state.blocked() ? 1 : 0)
                .execute();
    }

    private static StoredUpdate update(ResultSet row) throws SQLException {
        return new StoredUpdate(
                row.getLong("id"),
                key(row),
                row.getString("body"),
                Progress.valueOf(row.getString("progress")),
                row.getInt("open_message"));
    }

    private static ChatState chat(ResultSet row) throws SQLException {
        Details details = JSON.readValue(row.getString("details"), Details.class);
        return new ChatState(
                key(row),
                row.getString("transcript"),
                details.settings(),
                details.exchanges(),
                row.getInt("blocked") == 1);
    }

    private static ChatKey key(ResultSet row) throws SQLException {
        return new ChatKey(row.getLong("chat"), row.getLong("topic"));
    }
}
