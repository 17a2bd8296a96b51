package dev.confab.server;

import dev.confab.engine.error.ConfabException;
import dev.confab.ui.Page;
import java.io.IOException;
import java.net.BindException;
import java.util.Locale;
import java.util.Objects;

/** The port that a server shall listen at. */
final class ListeningPort {
    private ListeningPort() {}

    /** What to throw if the port cannot be had. */
    static ConfabException refused(ServerOptions options, IOException cause) {
        String reason = Objects.requireNonNullElse(cause.getMessage(), "it is taken or not allowed")
                .toLowerCase(Locale.ROOT);
        return new ConfabException("cannot listen at " + options.host() + place(options, cause, reason), cause);
    }

    private static String place(ServerOptions options, IOException cause, String reason) {
        if (!(cause instanceof BindException)) {
            return ": " + reason + "; choose another with --host";
        }
        String ports = options.port().isPresent()
                ? ", port " + options.port().getAsInt()
                : ", port " + Page.DEFAULT_PORT + " or one of those after it";
        return ports + ": " + reason + "; choose another with --port, or 0 for any free one";
    }
}
