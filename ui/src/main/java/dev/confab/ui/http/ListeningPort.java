package dev.confab.ui.http;

import dev.confab.ui.http.PageDefinition.Network;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Locale;

/** Opens the port that a page is at. */
final class ListeningPort {
    private static final int PORTS_TO_TRY = 100;
    /** How many visitors the system lets wait until they are greeted, such as while the web server starts. */
    private static final int WAITING = 128;

    private ListeningPort() {}

    /**
     * Opens the port, or the first free one.
     *
     * @throws IllegalStateException if that is not possible; its cause is a {@link BindException} for a port that is taken or
     *     not allowed, and another {@link IOException} for a host that is not this machine
     */
    static ServerSocketChannel open(Network network) {
        int first = network.port();
        int last = network.nextFree() ? first + PORTS_TO_TRY - 1 : first;
        try {
            return open(network.host(), first, last);
        } catch (BindException e) {
            String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            throw new IllegalStateException(
                    network.nextFree()
                            ? "no port from " + first + " to " + last + " is free on " + network.host() + " (" + reason
                                    + "); choose one with port(0)"
                            : "cannot listen at " + network.host() + ", port " + first + ": " + reason
                                    + "; choose another, or 0 for any free one",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen at " + network.host() + ": " + e.getMessage(), e);
        }
    }

    private static ServerSocketChannel open(String host, int first, int last) throws IOException {
        BindException taken = new BindException("no port was tried");
        for (int port = first; port <= last; port++) {
            try {
                return open(host, port);
            } catch (BindException e) {
                taken = e;
            }
        }
        checkHost(host);
        throw taken;
    }

    /** On this machine some port is always free. */
    private static void checkHost(String host) throws IOException {
        try {
            open(host, 0).close();
        } catch (BindException e) {
            throw new IOException("this machine has no such address", e);
        }
    }

    private static ServerSocketChannel open(String host, int port) throws IOException {
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no such host");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            return channel.bind(address, WAITING);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
