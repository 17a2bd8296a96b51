package dev.confab.ui;

import dev.confab.ui.account.Accounts;
import dev.confab.ui.http.PageDefinition.Access;
import dev.confab.ui.http.PageDefinition.Flagging;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a page's author says of who may use it, and of what is told of it.
 *
 * @param <P> the author's kind of page
 */
abstract sealed class PageAccess<P> extends PageLimits<P> permits Page {
    private Accounts accounts = Accounts.none();
    private @Nullable String loginMessage;
    private List<String> openPaths = List.of();
    private @Nullable Path flagLog;
    private List<String> flagOptions;
    private boolean showErrors;

    PageAccess(String... flagOptions) {
        this.flagOptions = List.of(flagOptions);
    }

    /** Lets in only who knows this name and password. */
    public P auth(String user, String password) {
        byte[] expectedUser = user.getBytes(StandardCharsets.UTF_8);
        byte[] expectedPassword = password.getBytes(StandardCharsets.UTF_8);
        return auth((givenUser, givenPassword) -> {
            boolean sameUser = MessageDigest.isEqual(expectedUser, givenUser.getBytes(StandardCharsets.UTF_8));
            boolean samePassword =
                    MessageDigest.isEqual(expectedPassword, givenPassword.getBytes(StandardCharsets.UTF_8));
            return sameUser && samePassword;
        });
    }

    /** Lets in only those of whom a rule says, given a name and a password, that they may. */
    public P auth(BiPredicate<String, String> rule) {
        return auth(Accounts.of(Objects.requireNonNull(rule, "auth")));
    }

    /** Lets in only those who have an account. */
    public P auth(Accounts keeper) {
        accounts = Objects.requireNonNull(keeper, "auth");
        return self();
    }

    /** What the login page says. */
    public P authMessage(String text) {
        loginMessage = text;
        return self();
    }

    /**
     * Paths for which nobody needs to log in, such as those of routes that {@link Page#configure} adds and that look after
     * themselves.
     *
     * @param beginnings such as {@code /v1/}
     */
    public P openPaths(String... beginnings) {
        openPaths = List.of(beginnings);
        return self();
    }

    /**
     * Lets users point out results.
     *
     * @param log a file that they are added to, as CSV if its name ends with {@code .csv}, else as JSON Lines
     * @param options what they can say of them; {@code Flag} if there is none, or of a chat {@code Like} and
     *     {@code Dislike}
     */
    public P flagging(Path log, String... options) {
        flagLog = Objects.requireNonNull(log, "log");
        if (options.length > 0) {
            flagOptions = List.of(options);
        }
        return self();
    }

    /** Shows users the messages of all exceptions, which may tell more than they should know. */
    public P showErrors() {
        showErrors = true;
        return self();
    }

    final Access access() {
        return new Access(accounts, loginMessage, openPaths);
    }

    final Flagging flagging() {
        return new Flagging(flagLog, flagOptions);
    }

    final boolean isShowingErrors() {
        return showErrors;
    }
}
