package dev.confab.telegram;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What a bot counts; names begin with {@code confab.telegram}. Usable from any thread. */
final class BotMetrics {
    private final MeterRegistry registry;

    BotMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Updates were taken in. */
    void received(int updates) {
        registry.counter("confab.telegram.updates").increment(updates);
    }

    /** An update will get no answer, for a reason such as {@code rate}. */
    void dropped(String reason) {
        registry.counter("confab.telegram.dropped", "reason", reason).increment();
    }

    /** A reply was made and sent, or edited into its place. */
    void replied(Duration time) {
        Timer.builder("confab.telegram.reply").register(registry).record(time);
    }

    /** A GIF was sent. */
    void gif() {
        registry.counter("confab.telegram.gifs").increment();
    }

    /** A call of the Bot API failed. */
    void failed(String method, ApiException.Failure failure) {
        registry.counter(
                        "confab.telegram.failures",
                        "method",
                        method,
                        "failure",
                        failure.name().toLowerCase(Locale.ROOT))
                .increment();
    }

    /** How many updates wait. */
    void waiting(Supplier<Number> updates) {
        Gauge.builder("confab.telegram.waiting", updates).register(registry);
    }
}
