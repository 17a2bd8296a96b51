package dev.confab.app;

import java.net.InetSocketAddress;

/** Reads where to listen. */
final class ListenAddress {
    private ListenAddress() {}

    /**
     * Host and port.
     *
     * @param option for the message
     * @throws UsageException if the text is something else
     */
    static InetSocketAddress parse(String option, String text) {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException _) {
            // The port is no number, or too large.
        }
        throw new UsageException(option + " " + text + ": write host and port, as in 127.0.0.1:8443");
    }
}
