package dev.confab.server;

import dev.confab.engine.error.ConfabException;
import dev.confab.ui.Page;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Locale;

/** The port that a server shall listen at. */
final class ListeningPort {
    private ListeningPort() {}

    /**
     * Tries the one port that may be chosen: the web server itself would write a long error to the log as well.
     *
     * @throws ConfabException if it is taken or not allowed
     */
    static void probe(ServerOptions options) {
        if (options.port().isPresent()) {
            try (var socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(options.host(), options.port().getAsInt()));
            } catch (IOException e) {
                throw refused(options, e);
            }
        }
    }

    /** What to throw if the port cannot be had. */
    static ConfabException refused(ServerOptions options, Exception cause) {
        String reason = cause instanceof SocketException && cause.getMessage() != null
                ? cause.getMessage().toLowerCase(Locale.ROOT)
                : "it is taken or not allowed";
        return new ConfabException(
                "cannot listen at " + options.host() + ", port "
                        + options.port().orElse(Page.DEFAULT_PORT) + ": " + reason
                        + "; choose another with --port, or 0 for any free one",
                cause);
    }
}
