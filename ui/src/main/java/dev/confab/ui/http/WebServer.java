package dev.confab.ui.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The web server behind a port that is open already. To load and start it takes a good part of a second in a fresh process,
 * which a thread of its own does; who comes meanwhile waits. Usable from any thread.
 */
final class WebServer implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(WebServer.class.getName());

    private final ServerSocketChannel port;
    private final CompletableFuture<Javalin> started = new CompletableFuture<>();
    private volatile boolean awaited;

    private WebServer(ServerSocketChannel port) {
        this.port = port;
    }

    /**
     * Begins to start.
     *
     * @param port where to listen; closed with the server, or if it cannot be started
     */
    static WebServer start(ServerSocketChannel port, Consumer<JavalinConfig> configuration) {
        var server = new WebServer(port);
        Thread.ofPlatform().name("confab-web-server").start(() -> server.run(configuration));
        return server;
    }

    private void run(Consumer<JavalinConfig> configuration) {
        try {
            started.complete(Javalin.create(configuration.andThen(this::listen)).start());
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        try {
            closePort();
        } finally {
            started.completeExceptionally(failure);
        }
        if (!awaited) {
            LOGGER.log(Level.ERROR, "the web server cannot be started", failure);
        }
    }

    private void listen(JavalinConfig config) {
        config.jetty.addConnector(this::connector);
    }

    private Connector connector(Server server, HttpConfiguration http) {
        var connector = new ServerConnector(server, new HttpConnectionFactory(http));
        try {
            connector.open(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return connector;
    }

    /**
     * Waits until it answers. A failure that nobody waits for is logged.
     *
     * @throws RuntimeException what made the start fail
     */
    void awaitStart() {
        awaited = true;
        try {
            started.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /** Stops it, once it has started. Closing twice is harmless. */
    @Override
    public void close() {
        if (!started.handle((_, failure) -> failure != null).join()) {
            started.join().stop();
        }
    }

    private void closePort() {
        try {
            port.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the port could not be closed", e);
        }
    }
}
