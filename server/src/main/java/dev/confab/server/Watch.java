package dev.confab.server;

import dev.confab.server.access.Gate;
import dev.confab.server.openai.Clients;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** What an operator sees of a server: health, metrics, and a line in the log for each request, without what was said. */
final class Watch {
    private static final Logger LOGGER = System.getLogger("dev.confab.server.requests");
    private static final Set<String> ROUTES = Set.of(
            "/v1/chat/completions", "/v1/completions", "/v1/models", "/metrics", "/health/live", "/health/ready");

    /** The status of a server that is well. */
    static final String UP = "up";

    private final Gate gate;
    private final AwaitedModel model;
    private final Clients clients;
    private final Meter meter;
    private final FirstVisit firstVisit;

    Watch(Gate gate, AwaitedModel model, Clients clients, Meter meter, FirstVisit firstVisit) {
        this.gate = gate;
        this.model = model;
        this.clients = clients;
        this.meter = meter;
        this.firstVisit = firstVisit;
    }

    void addTo(JavalinConfig config) {
        addHealth(config, this::readiness);
        config.routes.get("/metrics", this::metrics);
        config.requestLogger.http(this::note);
    }

    private String readiness() {
        if (!gate.isOpen()) {
            return "stopping";
        }
        return model.isThere() ? UP : "loading";
    }

    /**
     * Says whether the process is there, and whether it is ready.
     *
     * @param readiness {@link #UP}, or what it does meanwhile
     */
    static void addHealth(JavalinConfig config, Supplier<String> readiness) {
        config.routes.get("/health/live", context -> health(context, UP));
        config.routes.get("/health/ready", context -> health(context, readiness.get()));
    }

    private static void health(Context context, String status) {
        context.status(status.equals(UP) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result("{\"status\":\"" + status + "\"}");
    }

    private void metrics(Context context) {
        if (clients.mayWatch(context)) {
            sendMetrics(context, meter);
        } else {
            context.status(HttpStatus.UNAUTHORIZED).result("an API key is needed");
        }
    }

    /** Sends all metrics in Prometheus' text format. */
    static void sendMetrics(Context context, Meter meter) {
        context.contentType("text/plain; version=0.0.4; charset=utf-8").result(meter.scrape());
    }

    private void note(Context context, Float milliseconds) {
        firstVisit.ends();
        String route = ROUTES.contains(context.path()) ? context.path() : "page";
        int status = context.statusCode();
        meter.answered(route, status, Duration.ofNanos((long) (milliseconds * 1e6)));
        if (status == HttpStatus.TOO_MANY_REQUESTS.getCode() || status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
            meter.replies().refused(status == HttpStatus.TOO_MANY_REQUESTS.getCode() ? "client" : "server");
        }
        Level level = route.equals("page") || route.startsWith("/health") || route.equals("/metrics")
                ? Level.DEBUG
                : Level.INFO;
        if (LOGGER.isLoggable(level)) {
            LOGGER.log(
                    level,
                    "method={0} route={1} status={2} ms={3} client={4}",
                    context.method(),
                    route,
                    String.valueOf(status),
                    String.valueOf(milliseconds.intValue()),
                    clients.name(context));
        }
    }
}
