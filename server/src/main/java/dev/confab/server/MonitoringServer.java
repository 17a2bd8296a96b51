package dev.confab.server;

import dev.confab.engine.error.ConfabException;
import dev.confab.ui.http.QuietServer;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.BooleanSupplier;

/**
 * Health and metrics alone, on a port of their own, for a chatbot that serves no page. The addresses are those of
 * {@link ChatServer}: {@code /health/live}, {@code /health/ready} and {@code /metrics}. Usable from any thread; runs until
 * it is closed.
 */
public final class MonitoringServer implements AutoCloseable {
    private final Javalin javalin;
    private final URI url;

    private MonitoringServer(Javalin javalin, String host) {
        this.javalin = javalin;
        url = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + javalin.port());
    }

    /**
     * Starts to answer.
     *
     * @param address where; anybody who reaches it can read, so it should be one that only the operator does
     * @param meter what there is to see
     * @param ready whether the chatbot takes what people say
     * @throws ConfabException if the port is taken
     */
    public static MonitoringServer start(InetSocketAddress address, Meter meter, BooleanSupplier ready) {
        try {
            Javalin javalin = Javalin.create(config -> configure(config, meter, ready))
                    .start(address.getHostString(), address.getPort());
            return new MonitoringServer(javalin, address.getHostString());
        } catch (JavalinBindException e) {
            throw new ConfabException(
                    "health and metrics cannot be at " + address.getHostString() + ", port " + address.getPort()
                            + ": it is taken or not allowed; choose another one, or 0 for any free one",
                    e);
        }
    }

    private static void configure(JavalinConfig config, Meter meter, BooleanSupplier ready) {
        QuietServer.configure(config);
        Watch.addHealth(config, () -> ready.getAsBoolean() ? Watch.UP : "stopped");
        config.routes.get("/metrics", context -> Watch.sendMetrics(context, meter));
    }

    /** Where it is; the addresses are below it. */
    public URI url() {
        return url;
    }

    /** Stops. Closing twice is harmless. */
    @Override
    public void close() {
        javalin.stop();
    }
}
