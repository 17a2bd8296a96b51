package dev.confab.server.store;

import dev.confab.server.store.User.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Those who may log in, with their passwords, of which only a hash is kept. May be used by several threads at the same
 * time; how many passwords are checked at once is bounded by the number of cores.
 */
public final class Users {
    /** Names that look alike in every font and file name. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    private final Database database;

    /** Of an open database. */
    public Users(Database database) {
        this.database = database;
    }

    /**
     * Adds a user.
     *
     * @param name 1 to 64 of small letters, digits, and {@code . _ @ -}, the first a letter or digit
     * @param password 8 to 256 characters
     * @throws StoreException if there is one of that name, or name or password do not suit
     */
    public User add(String name, String password, Role role) {
        if (!NAME.matcher(name).matches()) {
            throw new StoreException("the user's name is '" + name + "', expected 1 to 64 of the small letters a to z,"
                    + " digits, and . _ @ -, the first a letter or digit");
        }
        String hash = Passwords.hash(password);
        var user = new User(name, role, Microseconds.instant(Microseconds.of(Instant.now())));
        int added = database.write(handle -> handle.createUpdate("""
                        insert into users (name, role, password, created_at) values (:name, :role, :password, :created)
                        on conflict (name) do nothing
                        """)
                .bind("name", name)
                .bind("role", role.name())
                .bind("password", hash)
                .bind("created", Microseconds.of(user.created()))
                .execute());
        if (added == 0) {
            throw new StoreException("there is a user '" + name
                    + "' already; choose another name, or change the password" + " with: confab user password " + name);
        }
        return user;
    }

    /** All users in the order of their names. */
    public List<User> list() {
        return database.read(handle -> handle.createQuery("select * from users order by name")
                .map((row, _) -> user(row))
                .list());
    }

    /** Whether there is a user at all. */
    public boolean any() {
        return database.hasRows("users");
    }

    /** The user of a name. */
    public Optional<User> find(String name) {
        return database.read(handle -> find(handle, name));
    }

    private static Optional<User> find(Handle handle, String name) {
        return handle.createQuery("select * from users where name = :name")
                .bind("name", StoredText.encode(name))
                .map((row, _) -> user(row))
                .findOne();
    }

    /**
     * The user who has a name and password; empty if there is none. Takes as long where there is no such name, so that
     * names cannot be tried out.
     */
    public Optional<User> verify(String name, String password) {
        Optional<String> hash =
                database.read(handle -> handle.createQuery("select password from users where name = :name")
                        .bind("name", StoredText.encode(name))
                        .mapTo(String.class)
                        .findOne());
        if (hash.isEmpty()) {
            Passwords.waste(password);
            return Optional.empty();
        }
        return Passwords.matches(password, hash.get()) ? find(name) : Optional.empty();
    }

    /**
     * Gives a user another password, and ends the user's logins everywhere.
     *
     * @return false if there is no such user
     * @throws StoreException if the password does not suit
     */
    public boolean changePassword(String name, String password) {
        String hash = Passwords.hash(password);
        return database.write(handle -> {
            handle.createUpdate("delete from logins where user_name = :name")
                    .bind("name", StoredText.encode(name))
                    .execute();
            return handle.createUpdate("update users set password = :password where name = :name")
                            .bind("password", hash)
                            .bind("name", StoredText.encode(name))
                            .execute()
                    > 0;
        });
    }

    /**
     * Lets a user do more, or less, at once.
     *
     * @return false if there is no such user
     */
    public boolean changeRole(String name, Role role) {
        return database.write(handle -> handle.createUpdate("update users set role = :role where name = :name")
                        .bind("role", role.name())
                        .bind("name", StoredText.encode(name))
                        .execute()
                > 0);
    }

    /**
     * Removes a user, and ends the user's logins. Conversations stay: see {@link UserData#delete}.
     *
     * @return false if there is no such user
     */
    public boolean remove(String name) {
        return database.write(handle -> handle.createUpdate("delete from users where name = :name")
                        .bind("name", StoredText.encode(name))
                        .execute()
                > 0);
    }

    static User user(ResultSet row) throws SQLException {
        return new User(
                MessageRows.text(row, "name"),
                Role.valueOf(row.getString("role")),
                Microseconds.instant(row, "created_at"));
    }
}
