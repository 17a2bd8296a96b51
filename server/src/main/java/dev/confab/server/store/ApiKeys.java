package dev.confab.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The keys with which programs call the server. Each is shown once, when it is made; the database has its hash. May be used
 * by several threads at the same time.
 */
public final class ApiKeys {
    private static final String PREFIX = "confab-";
    /** The prefix and 8 random characters: enough to tell keys apart, and no help in guessing the other 35. */
    private static final int ID_LENGTH = PREFIX.length() + 8;

    private static final int LONGEST_NAME = 100;
    /** Use is noted as seldom as this, so that a call does not write. */
    private static final Duration NOTED = Duration.ofHours(1);

    private final Database database;
    private final InstantSource clock;

    /** Of an open database. */
    public ApiKeys(Database database) {
        this(database, InstantSource.system());
    }

    ApiKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Makes a key.
     *
     * @param name what it is for, 1 to 100 characters
     * @throws StoreException if the name does not suit
     */
    public ApiKey.Made create(String name) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new StoreException("the key's name has " + name.length() + " characters, expected 1 to "
                    + LONGEST_NAME + " that say what it is for");
        }
        String secret = PREFIX + Tokens.make();
        var key = new ApiKey(
                secret.substring(0, ID_LENGTH),
                name,
                Microseconds.instant(Microseconds.of(clock.instant())),
                null,
                null);
        database.change(handle -> handle.createUpdate(
                        "insert into api_keys (id, token, name, created_at) values (:id, :token, :name, :created)")
                .bind("id", key.id())
                .bind("token", Tokens.hash(secret))
                .bind("name", StoredText.encode(name))
                .bind("created", Microseconds.of(key.created()))
                .execute());
        return new ApiKey.Made(key, secret);
    }

    /** All keys, the oldest first, revoked ones included. */
    public List<ApiKey> list() {
        return database.read(handle -> handle.createQuery("select * from api_keys order by created_at, id")
                .map((row, _) -> key(row))
                .list());
    }

    /** Whether there ever was a key, so that revoking the last one does not let everybody in. */
    public boolean any() {
        return database.hasRows("api_keys");
    }

    /** What is known of a key that a program has sent; empty if it is refused. */
    public Optional<ApiKey> verify(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return Optional.empty();
        }
        Optional<ApiKey> found = database.read(
                handle -> handle.createQuery("select * from api_keys where token = :token and revoked_at is null")
                        .bind("token", Tokens.hash(secret))
                        .map((row, _) -> key(row))
                        .findOne());
        found.ifPresent(this::noteUse);
        return found;
    }

    private void noteUse(ApiKey key) {
        Instant now = clock.instant();
        Instant used = key.used();
        if (used == null || used.plus(NOTED).isBefore(now)) {
            database.change(handle -> handle.createUpdate("update api_keys set used_at = :now where id = :id")
                    .bind("now", Microseconds.of(now))
                    .bind("id", key.id())
                    .execute());
        }
    }

    /**
     * Refuses a key from now on.
     *
     * @param id as {@link ApiKey#id} has it
     * @return false if there is none, or it is revoked already
     */
    public boolean revoke(String id) {
        return database.write(handle ->
                handle.createUpdate("update api_keys set revoked_at = :now where id = :id and revoked_at is null")
                                .bind("now", Microseconds.of(clock.instant()))
                                .bind("id", StoredText.encode(id))
                                .execute()
                        > 0);
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                MessageRows.text(row, "id"),
                MessageRows.text(row, "name"),
                Microseconds.instant(row, "created_at"),
                Microseconds.optional(row, "used_at"),
                Microseconds.optional(row, "revoked_at"));
    }
}
