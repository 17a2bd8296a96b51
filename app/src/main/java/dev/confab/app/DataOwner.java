package dev.confab.app;

import dev.confab.server.store.User;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose data a command is about. */
final class DataOwner {
    @Parameters(paramLabel = "USER", arity = "0..1", description = "whose, by the name to log in with")
    @Nullable
    String user;

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            description = "instead of a user: whoever owns the conversations, such as browser:... in an export")
    @Nullable
    String owner;

    /**
     * As the store of conversations has it.
     *
     * @throws UsageException if neither or both were given
     */
    String owner() {
        if (user != null && owner == null) {
            return User.ownerOf(user);
        }
        if (user == null && owner != null) {
            return owner;
        }
        throw new UsageException("say whose data: a user's name, or --owner OWNER");
    }
}
