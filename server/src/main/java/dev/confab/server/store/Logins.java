package dev.confab.server.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Who is logged in: a browser holds a random token in a cookie, the database its hash, so that whoever reads the database
 * cannot use it to log in. Replicas on one database share logins. May be used by several threads at the same time.
 */
public final class Logins {
    private final Database database;
    private final Duration timeToLive;
    private final InstantSource clock;

    /**
     * Of an open database.
     *
     * @param timeToLive how long a login lasts
     */
    public Logins(Database database, Duration timeToLive) {
        this(database, timeToLive, InstantSource.system());
    }

    Logins(Database database, Duration timeToLive, InstantSource clock) {
        this.database = database;
        this.timeToLive = timeToLive;
        this.clock = clock;
    }

    /**
     * Begins a login of a user whose password was verified.
     *
     * @return the token, which is not kept; 43 characters as they may stand in a cookie
     */
    public String begin(User user) {
        String token = Tokens.make();
        database.change(handle -> {
            removeExpired(handle);
            handle.createUpdate("insert into logins (token, user_name, expires_at) values (:token, :user, :expires)")
                    .bind("token", Tokens.hash(token))
                    .bind("user", user.name())
                    .bind("expires", Microseconds.of(clock.instant().plus(timeToLive)))
                    .execute();
        });
        return token;
    }

    private void removeExpired(Handle handle) {
        handle.createUpdate("delete from logins where expires_at < :now")
                .bind("now", Microseconds.of(clock.instant()))
                .execute();
    }

    /** Who holds a token; empty if the login has ended. */
    public Optional<User> find(String token) {
        return database.read(handle -> handle.createQuery("""
                        select users.* from users join logins on logins.user_name = users.name
                        where logins.token = :token and logins.expires_at >= :now
                        """)
                .bind("token", Tokens.hash(token))
                .bind("now", Microseconds.of(clock.instant()))
                .map((row, _) -> Users.user(row))
                .findOne());
    }

    /** Ends a login, if it has not ended. */
    public void end(String token) {
        database.change(handle -> handle.createUpdate("delete from logins where token = :token")
                .bind("token", Tokens.hash(token))
                .execute());
    }
}
