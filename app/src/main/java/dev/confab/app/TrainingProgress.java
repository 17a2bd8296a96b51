package dev.confab.app;

import dev.confab.training.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** Shows how training gets on: a bar in a terminal, a line now and then elsewhere. */
final class TrainingProgress implements TrainingListener, AutoCloseable {
    private static final int WIDTH = 120;
    private static final long NANOS_BETWEEN_LINES = TimeUnit.SECONDS.toNanos(30);

    private final Surroundings surroundings;
    private final boolean quiet;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private double loss = Double.NaN;
    private long lineNanos = System.nanoTime();

    TrainingProgress(Surroundings surroundings, CommonOptions options) {
        this.surroundings = surroundings;
        quiet = options.quiet;
        terminal = Terminals.isTerminal(surroundings, SystemStream.Error);
    }

    @Override
    public void started(long step, long steps) {
        if (!quiet && terminal) {
            bar = new ProgressBarBuilder()
                    .setTaskName("training")
                    .setInitialMax(steps)
                    .startsFrom(step, Duration.ZERO)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(500)
                    .setConsumer(new ConsoleProgressBarConsumer(surroundings.err(), WIDTH))
                    .build();
        }
    }

    @Override
    public void stepped(Step step) {
        // A running mean, as the losses of single batches differ too much to be read.
        loss = Double.isNaN(loss) ? step.loss() : 0.95 * loss + 0.05 * step.loss();
        String figures = String.format(Locale.ROOT, "loss %.3f, %.0f tokens/s", loss, step.tokensPerSecond());
        if (bar != null) {
            bar.setExtraMessage(figures);
            bar.stepTo(step.step());
        } else if (!quiet && System.nanoTime() - lineNanos > NANOS_BETWEEN_LINES) {
            lineNanos = System.nanoTime();
            double left = step.seconds() / step.step() * (step.steps() - step.step());
            say(String.format(
                    Locale.ROOT,
                    "step %d of %d, epoch %.2f, %s, %.0f minutes left",
                    step.step(),
                    step.steps(),
                    step.epoch(),
                    figures,
                    left / 60));
        }
    }

    @Override
    public void validated(Validation validation) {
        say(String.format(
                Locale.ROOT,
                "validation after step %d: loss %.4f, perplexity %.2f%s",
                validation.step(),
                validation.loss(),
                Math.exp(validation.loss()),
                validation.best() ? ", the best so far" : ""));
    }

    private void say(String text) {
        if (!quiet) {
            surroundings.err().println((bar == null ? "confab: " : "\nconfab: ") + text);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
