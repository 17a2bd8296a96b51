package dev.confab.app;

import dev.confab.engine.hub.Progress;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** Draws a bar on standard error for each piece of work that takes a while. Called by one thread at a time. */
final class ProgressBars implements Progress {
    private static final int WIDTH = 100;
    private static final long MEGABYTE = 1_000_000;

    /** What is smaller is done before a bar could be read. */
    private static final long WORTH_A_BAR = 20 * MEGABYTE;

    private final PrintStream target;
    private @Nullable ProgressBar bar;

    private ProgressBars(PrintStream target) {
        this.target = target;
    }

    /** Bars where standard error is a terminal and nobody asked for quiet, and otherwise nothing. */
    static Progress of(Surroundings surroundings, CommonOptions options) {
        return options.quiet || !Terminals.isTerminal(surroundings, SystemStream.Error)
                ? Progress.NONE
                : new ProgressBars(surroundings.err());
    }

    @Override
    public void started(String what, long totalBytes) {
        if (totalBytes < WORTH_A_BAR) {
            return;
        }
        bar = new ProgressBarBuilder()
                .setTaskName(what)
                .setInitialMax(totalBytes)
                .setUnit(" MB", MEGABYTE)
                .showSpeed()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(target, WIDTH))
                .build();
    }

    @Override
    public void advanced(long bytes) {
        if (bar != null) {
            bar.stepBy(bytes);
        }
    }

    @Override
    public void finished() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
