package dev.confab.server;

import dev.confab.engine.generation.BatchStatistics;
import dev.confab.engine.generation.Generator;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** Shows what a model's batch says of itself. */
final class BatchMeter {
    private final Generator generator;
    private final MeterRegistry registry;

    private BatchMeter(Generator generator, MeterRegistry registry) {
        this.generator = generator;
        this.registry = registry;
    }

    /** Adds all that a batch says to a registry. */
    static void bind(Generator generator, MeterRegistry registry) {
        var meter = new BatchMeter(generator, registry);
        meter.gauge("confab.batch.running", "requests in the batch", BatchStatistics::running);
        meter.gauge("confab.batch.waiting", "requests that wait for the batch", BatchStatistics::waiting);
        meter.gauge("confab.batch.size.mean", "sequences in a step", BatchStatistics::meanBatchSize);
        meter.gauge("confab.cache.bytes", "memory of keys and values", BatchStatistics::keyValueBytes);
        meter.gauge("confab.cache.capacity.bytes", "its bound", BatchStatistics::keyValueCapacity);
        meter.counter("confab.steps", "forward passes", BatchStatistics::steps);
        meter.counter(
                "confab.prompt.tokens.computed", "prompt tokens that were read", BatchStatistics::promptTokensComputed);
        meter.counter(
                "confab.prompt.tokens.cached",
                "prompt tokens that were known already",
                BatchStatistics::promptTokensReused);
        meter.counter("confab.tokens.generated", "tokens of replies", BatchStatistics::generatedTokens);
        meter.counter("confab.cache.evictions", "caches given up for others", BatchStatistics::evictions);
    }

    private void gauge(String name, String description, ToDoubleFunction<BatchStatistics> value) {
        Gauge.builder(name, generator, of -> value.applyAsDouble(of.statistics()))
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    private void counter(String name, String description, ToDoubleFunction<BatchStatistics> value) {
        FunctionCounter.builder(name, generator, of -> value.applyAsDouble(of.statistics()))
                .description(description)
                .register(registry);
    }
}
