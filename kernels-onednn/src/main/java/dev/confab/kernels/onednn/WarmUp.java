package dev.confab.kernels.onednn;

import java.util.function.LongSupplier;

/** Runs code until Java has compiled it, which shows in that it no longer becomes faster. Stateless. */
final class WarmUp {
    /** What a run must be faster by to count: less is chance. */
    private static final double NOTICEABLE = 0.03;
    /** Java compiles aside, and in several steps: code stands still for a while before it becomes faster again. */
    static final int CALM_RUNS = 20;

    static final long MOST_NANOS = 1_000_000_000;

    private WarmUp() {}

    /** Runs until the last {@value #CALM_RUNS} were no faster than those before, or a second is over. */
    static void run(Runnable work, LongSupplier clock) {
        long begin = clock.getAsLong();
        long end = begin;
        long least = Long.MAX_VALUE;
        int calm = 0;
        while (calm < CALM_RUNS && end - begin < MOST_NANOS) {
            long start = end;
            work.run();
            end = clock.getAsLong();
            calm = end - start < (1 - NOTICEABLE) * least ? 0 : calm + 1;
            least = Math.min(least, end - start);
        }
    }
}
