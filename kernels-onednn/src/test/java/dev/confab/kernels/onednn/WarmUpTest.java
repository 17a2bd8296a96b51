package dev.confab.kernels.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WarmUpTest {
    private final AtomicLong clock = new AtomicLong();
    private int runs;

    @Test
    void itLastsUntilCodeNoLongerBecomesFaster() {
        // Interpreted, compiled in haste after 15 runs, compiled well after 15 more; then only chance.
        WarmUp.run(
                () -> {
                    runs++;
                    clock.addAndGet(runs <= 15 ? 4_000 : runs <= 30 ? 1_000 : 500 - runs % 2);
                },
                clock::get);
        assertThat(runs).isEqualTo(31 + WarmUp.CALM_RUNS);
    }

    @Test
    void itEndsAfterASecond() {
        WarmUp.run(
                () -> {
                    runs++;
                    clock.addAndGet(WarmUp.MOST_NANOS / (1 << runs));
                    if (runs == 3) {
                        clock.addAndGet(WarmUp.MOST_NANOS / 8);
                    }
                },
                clock::get);
        assertThat(runs).isEqualTo(3);
    }
}
