package dev.confab.app;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** Draws a bar on standard error that counts pieces of work; must be closed. Belongs to one thread. */
final class CountingBar implements AutoCloseable {
    /** For work whose end is not known. */
    static final long UNKNOWN = -1;

    private static final int WIDTH = 100;

    private final @Nullable ProgressBar bar;

    private CountingBar(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * A bar where standard error is a terminal and nobody asked for quiet, and otherwise nothing.
     *
     * @param what what is being done
     * @param unit what is counted, in the plural
     * @param total how many pieces there are, or {@link #UNKNOWN}
     */
    static CountingBar of(Surroundings surroundings, CommonOptions options, String what, String unit, long total) {
        return options.quiet || !Terminals.isTerminal(surroundings, SystemStream.Error)
                ? new CountingBar(null)
                : new CountingBar(bar(surroundings.err(), what, unit, total));
    }

    private static ProgressBar bar(PrintStream target, String what, String unit, long total) {
        return new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(target, WIDTH))
                .build();
    }

    /** More pieces are done. */
    void advance(long pieces) {
        if (bar != null) {
            bar.stepBy(pieces);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
