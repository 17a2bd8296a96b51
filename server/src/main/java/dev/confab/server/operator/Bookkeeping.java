package dev.confab.server.operator;

import dev.confab.server.store.Tallies;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the server counts into the database once a minute, so that it can be seen by the hour, of all replicas, and
 * after a restart. A count's name is that of the meter and its tags, such as {@code confab.replies source=fallback}. Usable
 * from any thread.
 */
public final class Bookkeeping implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Bookkeeping.class.getName());
    private static final Set<String> METERS =
            Set.of("confab.replies", "confab.interventions", "confab.requests", "confab.refused");

    private final MeterRegistry registry;
    private final Tallies tallies;
    private final InstantSource clock;
    private final Map<Meter.Id, Long> written = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("confab-bookkeeping").factory());

    private @Nullable Future<?> writing;

    Bookkeeping(MeterRegistry registry, Tallies tallies, InstantSource clock) {
        this.registry = registry;
        this.tallies = tallies;
        this.clock = clock;
    }

    /** Writes a server's counts once a minute until it is closed. */
    public static Bookkeeping start(MeterRegistry registry, Tallies tallies) {
        var bookkeeping = new Bookkeeping(registry, tallies, InstantSource.system());
        bookkeeping.begin();
        return bookkeeping;
    }

    private synchronized void begin() {
        writing = timer.scheduleWithFixedDelay(this::write, 1, 1, TimeUnit.MINUTES);
    }

    /** Writes what was counted since the last time; what fails is logged, and tried again with the next. */
    synchronized void write() {
        Map<String, Long> more = new HashMap<>();
        Map<Meter.Id, Long> now = new HashMap<>();
        for (Meter meter : registry.getMeters()) {
            if (METERS.contains(meter.getId().getName())) {
                long count = count(meter);
                now.put(meter.getId(), count);
                more.merge(name(meter.getId()), count - written.getOrDefault(meter.getId(), 0L), Long::sum);
            }
        }
        more.values().removeIf(count -> count <= 0);
        try {
            tallies.add(clock.instant(), more);
            written.putAll(now);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "counts could not be written: " + e.getMessage());
        }
    }

    private static long count(Meter meter) {
        return switch (meter) {
            case Counter counter -> Math.round(counter.count());
            case FunctionCounter counter -> Math.round(counter.count());
            case Timer timed -> timed.count();
            default -> 0;
        };
    }

    private static String name(Meter.Id id) {
        StringBuilder name = new StringBuilder(id.getName());
        for (Tag tag : id.getTags()) { // which come in the order of their names
            name.append(' ').append(tag.getKey()).append('=').append(tag.getValue());
        }
        return name.toString();
    }

    /** Writes for the last time. */
    @Override
    public synchronized void close() {
        if (writing != null) {
            writing.cancel(false);
        }
        timer.shutdown();
        write();
    }
}
