package dev.confab.server;

import dev.confab.dialogue.Intervention;
import dev.confab.dialogue.Reply;
import dev.confab.engine.generation.GenerationResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/**
 * Counts and times replies, by the same names wherever they are given: on a page, through an API, on Telegram. Usable from
 * any thread; meters of the same registry add up.
 */
public final class ReplyMeter {
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

    private final MeterRegistry registry;
    private final Timer firstToken;
    private final Timer waiting;
    private final DistributionSummary tokensPerSecond;

    /** Counts in a registry. */
    public ReplyMeter(MeterRegistry registry) {
        this.registry = registry;
        firstToken = Timer.builder("confab.first.token")
                .description("from a request to the first token of its reply, waiting included")
                .serviceLevelObjectives(FIRST_TOKEN_BOUNDS)
                .register(registry);
        waiting = Timer.builder("confab.waiting")
                .description("time that requests waited for their turn in the batch")
                .register(registry);
        tokensPerSecond = DistributionSummary.builder("confab.reply.tokens.per.second")
                .description("speed of single replies after the first token")
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
    public void replied(Reply reply) {
        Counter.builder("confab.replies")
                .description("replies of the chatbot, by where they come from")
                .tag("source", label(reply.source()))
                .register(registry)
                .increment();
        reply.interventions().forEach(intervention -> intervened(intervention.stage(), intervention.action()));
        if (reply.firstToken().isPositive()) {
            firstToken.record(reply.firstToken());
        }
    }

    /** Notes that a filter or a guard did something to a text, or that a part failed. */
    public void intervened(Intervention.Stage stage, Intervention.Action action) {
        Counter.builder("confab.interventions")
                .description("what filters, guards and failures did to texts and replies, by stage and action")
                .tag("stage", label(stage))
                .tag("action", label(action))
                .register(registry)
                .increment();
    }

    /** Notes a request that was refused. */
    public void refused(String reason) {
        Counter.builder("confab.refused")
                .description("requests that were refused, by reason")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
