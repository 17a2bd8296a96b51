package dev.confab.server;

import dev.confab.engine.error.ConfabException;
import dev.confab.ui.Page;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

/** The port that a server shall listen at. */
final class ListeningPort {
    private ListeningPort() {}

    /** What to throw if the port cannot be had. */
    static ConfabException refused(ServerOptions options, IOException cause) {
        String reason = Objects.requireNonNullElse(cause.getMessage(), "it is taken or not allowed");
        return new ConfabException(
                "cannot listen at " + options.host() + ", port "
                        + options.port().orElse(Page.DEFAULT_PORT) + ": " + reason.toLowerCase(Locale.ROOT)
                        + "; choose another with --port, or 0 for any free one",
                cause);
    }
}
