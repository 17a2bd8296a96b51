package dev.confab.ui.account;

import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Who may log in to a page, and who is logged in. A page asks with each request, so that changes take effect at once;
 * answers must be quick, except of {@link #logIn}.
 */
public interface Accounts {
    /** Whether anybody has to log in at the moment. */
    boolean needed();

    /**
     * Logs a user in.
     *
     * @param name without white space around it, up to 256 characters
     * @param password as it was typed
     * @return a secret for the user's browser, of letters, digits, dashes and underscores; empty if name and password do
     *     not belong together
     */
    Optional<String> logIn(String name, String password);

    /** The name of whoever holds a secret, which may be anything that a browser sends; empty if it holds no login. */
    Optional<String> user(String secret);

    /** Ends a login, if the secret holds one. */
    void logOut(String secret);

    /** Tells the logins of different pages on one machine apart: letters and digits, the same for pages that share them. */
    String id();

    /** For a page that anybody may use. */
    static Accounts none() {
        return new Nobody();
    }

    /**
     * For those of whom a rule says, given a name and a password, that they may. Logins last two weeks, and end when the
     * process does.
     */
    static Accounts of(BiPredicate<String, String> rule) {
        return new RememberedLogins(rule);
    }
}
