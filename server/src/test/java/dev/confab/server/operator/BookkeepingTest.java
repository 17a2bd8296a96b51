package dev.confab.server.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.server.store.Periods;
import dev.confab.server.store.Tallies;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BookkeepingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Periods TWO_HOURS = new Periods(NOON, Duration.ofHours(1), 2);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

    @Test
    void eachCountIsWrittenOnceIntoItsHour(@TempDir Path folder) {
        try (Database database = Database.open(DatabaseAddress.inFolder(folder))) {
            var tallies = new Tallies(database);
            try (var bookkeeping = new Bookkeeping(registry, tallies, now::get)) {
                registry.counter("confab.replies", "source", "fallback").increment(3);
                registry.timer("confab.requests", "status", "200", "route", "/v1/models")
                        .record(Duration.ofSeconds(1));
                registry.counter("others").increment();
                bookkeeping.write();
                bookkeeping.write();
                now.set(NOON.plusSeconds(3600));
                registry.counter("confab.replies", "source", "fallback").increment();
            }
            assertThat(tallies.counts(TWO_HOURS))
                    .containsExactly(
                            Map.of(
                                    "confab.replies source=fallback",
                                    3L,
                                    "confab.requests route=/v1/models status=200",
                                    1L),
                            Map.of("confab.replies source=fallback", 1L));
        }
    }

    @Test
    void whatADatabaseDidNotTakeIsWrittenLater(@TempDir Path folder) {
        Database broken = Database.open(DatabaseAddress.inFolder(folder));
        var lost = new Bookkeeping(registry, new Tallies(broken), now::get);
        registry.counter("confab.refused", "reason", "client").increment();
        lost.write();
        broken.write(handle -> handle.execute("drop table tallies"));
        registry.counter("confab.refused", "reason", "client").increment();
        lost.write();
        broken.write(handle -> handle.execute(
                "create table tallies (hour integer, name text, total integer, primary key (hour, name))"));
        lost.close();

        assertThat(new Tallies(broken).counts(TWO_HOURS).getFirst())
                .isEqualTo(Map.of("confab.refused reason=client", 1L));
        broken.close();
    }
}
