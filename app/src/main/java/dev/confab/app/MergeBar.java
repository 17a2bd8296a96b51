package dev.confab.app;

import dev.confab.engine.hub.Progress;
import dev.confab.training.tokenizer.TokenizerProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;

/** Ends the bar of the reading when a tokenizer's texts are counted, and draws one of the tokens it has. */
final class MergeBar implements TokenizerProgress, AutoCloseable {
    private static final int WIDTH = 100;

    private final Surroundings surroundings;
    private final boolean visible;
    private final Progress reading;
    private @Nullable ProgressBar bar;
    private boolean counted;

    MergeBar(Surroundings surroundings, CommonOptions options, Progress reading) {
        this.surroundings = surroundings;
        this.reading = reading;
        visible = !options.quiet && Terminals.isTerminal(surroundings, SystemStream.Error);
    }

    @Override
    public void counted(long texts, long distinctWords) {
        counted = true;
        reading.finished();
        if (visible) {
            bar = new ProgressBarBuilder()
                    .setTaskName(Sizes.count(distinctWords) + " words, merging")
                    .setUnit(" tokens", 1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(surroundings.err(), WIDTH))
                    .build();
        }
    }

    @Override
    public void merged(int tokens, int limit) {
        if (bar != null) {
            bar.maxHint(limit);
            bar.stepTo(tokens);
        }
    }

    @Override
    public void close() {
        if (!counted) {
            reading.finished();
        }
        if (bar != null) {
            bar.close();
        }
    }
}
