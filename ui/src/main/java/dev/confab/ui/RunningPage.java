package dev.confab.ui;

import dev.confab.ui.http.PageDefinition.Network;
import dev.confab.ui.http.PageServer;
import java.net.URI;

/** A page that is being served, until it is stopped or the process ends. Usable from any thread. */
public final class RunningPage implements AutoCloseable {
    private final PageServer server;
    private final int port;
    private final URI url;

    RunningPage(PageServer server, Network network) {
        this.server = server;
        String host = network.host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String name = everywhere ? "127.0.0.1" : host;
        this.port = server.port();
        this.url = URI.create("http://" + name + ":" + port + network.rootPath());
    }

    /** Where the page is, without a slash at the end. */
    public URI url() {
        return url;
    }

    /** The port that it listens at. */
    public int port() {
        return port;
    }

    /**
     * Waits until the first visitor can be answered; not needed for visits, which wait by themselves.
     *
     * @return this
     * @throws RuntimeException if the server cannot be started, such as for what {@code configure} does; then the page
     *     is stopped
     */
    public RunningPage awaitStart() {
        server.awaitStart();
        return this;
    }

    /** How many calls wait for their turn. */
    public int waiting() {
        return server.waiting();
    }

    /** Ends the page, the calls that run, and the files that were uploaded. */
    public void stop() {
        server.close();
    }

    /** The same as {@link #stop}. */
    @Override
    public void close() {
        stop();
    }
}
