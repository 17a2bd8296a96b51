package dev.confab.server.access;

import dev.confab.server.store.Database;
import dev.confab.server.store.Logins;
import dev.confab.server.store.Tokens;
import dev.confab.server.store.User;
import dev.confab.server.store.Users;
import dev.confab.ui.account.Accounts;
import java.time.Duration;
import java.util.Optional;

/**
 * Users and logins in the database. The first user who is added closes the page within a second; a user who is removed, or
 * gets another password, is logged out at once. Logins outlive the process, and replicas share them. Usable from any
 * thread; what fails in the database is a {@link dev.confab.server.store.StoreException}.
 */
public final class StoredAccounts implements Accounts {
    private static final Duration LOGGED_IN = Duration.ofDays(14);
    private static final int ID_LENGTH = 8;

    private final Users users;
    private final Logins logins;
    private final OnceTrue needed;
    private final String id;

    /** Of an open database. */
    public StoredAccounts(Database database) {
        users = new Users(database);
        logins = new Logins(database, LOGGED_IN);
        needed = new OnceTrue(users::any);
        id = Tokens.hash(database.address().toString()).substring(0, ID_LENGTH);
    }

    @Override
    public boolean needed() {
        return needed.get();
    }

    @Override
    public Optional<String> logIn(String name, String password) {
        return users.verify(name, password).map(logins::begin);
    }

    @Override
    public Optional<String> user(String secret) {
        return logins.find(secret).map(User::name);
    }

    @Override
    public void logOut(String secret) {
        logins.end(secret);
    }

    @Override
    public String id() {
        return id;
    }

    /** Whether a user may see what operators see. */
    public boolean isOperator(String name) {
        return users.find(name)
                .filter(user -> user.role() == User.Role.OPERATOR)
                .isPresent();
    }
}
