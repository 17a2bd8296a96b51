package dev.confab.server;

import dev.confab.dialogue.Reply;
import dev.confab.engine.generation.BatchStatistics;
import dev.confab.engine.generation.GenerationResult;
import dev.confab.engine.generation.Generator;
import dev.confab.server.access.Gate;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Counts and times what an operator wants to see. Usable from any thread. */
public final class Meter {
    private static final Duration[] FIRST_TOKEN_BOUNDS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer firstToken = Timer.builder("confab.first.token")
            .description("from a request to the first token of its reply, waiting included")
            .serviceLevelObjectives(FIRST_TOKEN_BOUNDS)
            .register(registry);
    private final Timer waiting = Timer.builder("confab.waiting")
            .description("time that requests waited for their turn in the batch")
            .register(registry);
    private final DistributionSummary tokensPerSecond = DistributionSummary.builder("confab.reply.tokens.per.second")
            .description("speed of single replies after the first token")
            .register(registry);

    Meter(Gate gate) {
        gauge("confab.requests.underway", "requests that are replied to or wait for it", gate, Gate::underWay);
    }

    /** Shows what a model's batch says of itself. */
    void watch(Generator generator) {
        batchGauge(generator, "confab.batch.running", "requests in the batch", BatchStatistics::running);
        batchGauge(generator, "confab.batch.waiting", "requests that wait for the batch", BatchStatistics::waiting);
        batchGauge(generator, "confab.batch.size.mean", "sequences in a step", BatchStatistics::meanBatchSize);
        batchGauge(generator, "confab.cache.bytes", "memory of keys and values", BatchStatistics::keyValueBytes);
        batchGauge(generator, "confab.cache.capacity.bytes", "its bound", BatchStatistics::keyValueCapacity);
        batchCounter(generator, "confab.steps", "forward passes", BatchStatistics::steps);
        batchCounter(
                generator,
                "confab.prompt.tokens.computed",
                "prompt tokens that were read",
                BatchStatistics::promptTokensComputed);
        batchCounter(
                generator,
                "confab.prompt.tokens.cached",
                "prompt tokens that were known already",
                BatchStatistics::promptTokensReused);
        batchCounter(generator, "confab.tokens.generated", "tokens of replies", BatchStatistics::generatedTokens);
        batchCounter(generator, "confab.cache.evictions", "caches given up for others", BatchStatistics::evictions);
    }

    private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
        Gauge.builder(name, of, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void batchGauge(
            Generator generator, String name, String description, ToDoubleFunction<BatchStatistics> value) {
        gauge(name, description, generator, of -> value.applyAsDouble(of.statistics()));
    }

    private void batchCounter(
            Generator generator, String name, String description, ToDoubleFunction<BatchStatistics> value) {
        FunctionCounter.builder(name, generator, of -> value.applyAsDouble(of.statistics()))
                .description(description)
                .register(registry);
    }

    /** Notes what came of a request. */
    public void generated(GenerationResult result) {
        waiting.record(result.queued());
        if (!result.prefill().isZero()) {
            firstToken.record(result.queued().plus(result.prefill()));
        }
        if (result.tokensPerSecond() > 0) {
            tokensPerSecond.record(result.tokensPerSecond());
        }
    }

    /** Notes a reply of the chatbot's, and what was done to it on the way. */
    void replied(Reply reply) {
        Counter.builder("confab.replies")
                .description("replies of the chatbot, by where they come from")
                .tag("source", reply.source().name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
        if (reply.firstToken().isPositive()) {
            firstToken.record(reply.firstToken());
        }
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

    /** Notes a request that was refused. */
    void refused(String reason) {
        Counter.builder("confab.refused")
                .description("requests that were refused, by reason")
                .tag("reason", reason)
                .register(registry)
                .increment();
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
