package dev.confab.server;

import dev.confab.engine.generation.Generator;
import dev.confab.server.access.Gate;
import dev.confab.ui.RunningPage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

/** Counts and times what an operator wants to see. Usable from any thread. */
public final class Meter {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ReplyMeter replies = new ReplyMeter(registry);

    /** Nothing has been counted yet. */
    public Meter() {}

    /** Shows what a model's batch says of itself. */
    public void watch(Generator generator) {
        BatchMeter.bind(generator, registry);
    }

    /** Shows how many requests a gate has let in. */
    void watch(Gate gate) {
        Gauge.builder("confab.requests.underway", gate, Gate::underWay)
                .description("requests that are replied to or wait for it")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many messages of a page wait in line. */
    void watch(RunningPage page) {
        Gauge.builder("confab.page.waiting", page, RunningPage::waiting)
                .description("messages of the page that wait in line")
                .strongReference(true)
                .register(registry);
    }

    /** What is noted of replies. */
    public ReplyMeter replies() {
        return replies;
    }

    /** Notes a request that has been answered. */
    void answered(String route, int status, Duration time) {
        Timer.builder("confab.requests")
                .description("requests by address and status")
                .tag("route", route)
                .tag("status", String.valueOf(status))
                .register(registry)
                .record(time);
    }

    /** Where an embedding program can add meters of its own. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
