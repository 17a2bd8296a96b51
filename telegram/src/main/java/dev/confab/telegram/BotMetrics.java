package dev.confab.telegram;

import dev.confab.dialogue.Reply;
import dev.confab.server.ReplyMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Counts what a bot does: what every chatbot does by the names that the server has for it, and what there is on Telegram
 * alone by names of its own. Usable from any thread.
 */
final class BotMetrics {
    private final MeterRegistry registry;
    private final ReplyMeter replies;
    private final Counter updates;
    private final Timer reply;
    private final Counter gifs;

    BotMetrics(MeterRegistry registry) {
        this.registry = registry;
        replies = new ReplyMeter(registry);
        updates = Counter.builder("confab.telegram.updates")
                .description("updates of Telegram that were taken in")
                .register(registry);
        reply = Timer.builder("confab.telegram.reply")
                .description("from the beginning of a reply until it is sent")
                .register(registry);
        gifs = Counter.builder("confab.telegram.gifs")
                .description("GIFs that were sent")
                .register(registry);
    }

    /** Updates were taken in. */
    void received(int number) {
        updates.increment(number);
    }

    /** An update will get no answer, for a reason such as {@code rate}. */
    void refused(String reason) {
        replies.refused(reason);
    }

    /** A reply was made and sent, or edited into its place. */
    void replied(Reply made, Duration time) {
        replies.replied(made);
        reply.record(time);
    }

    /** A GIF was sent. */
    void gif() {
        gifs.increment();
    }

    /** A call of the Bot API failed. */
    void failed(String method, ApiException.Failure failure) {
        Counter.builder("confab.telegram.failures")
                .description("calls of the Bot API that failed, by method and kind of failure")
                .tag("method", method)
                .tag("failure", failure.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    /** How many updates wait. */
    void waiting(Supplier<Number> number) {
        Gauge.builder("confab.telegram.waiting", number)
                .description("updates that wait for an answer")
                .register(registry);
    }
}
