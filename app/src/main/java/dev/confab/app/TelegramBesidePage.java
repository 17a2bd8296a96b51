package dev.confab.app;

import dev.confab.telegram.TelegramBot;
import dev.confab.telegram.TelegramBotBuilder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A bot on Telegram beside a page: whatever goes wrong with it is told in the log, and the page goes on. */
final class TelegramBesidePage implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(TelegramBesidePage.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TelegramBotBuilder builder;
    private final Thread starting;
    private volatile @Nullable TelegramBot bot;
    private volatile boolean closed;

    private TelegramBesidePage(TelegramBotBuilder builder) {
        this.builder = builder;
        // Telegram may not be reachable for a while, and calls of a virtual thread can be broken off.
        starting = Thread.ofVirtual().name("telegram-start").unstarted(this::begin);
    }

    /** Starts the bot, without waiting for it. */
    static TelegramBesidePage start(TelegramBotBuilder builder) {
        var beside = new TelegramBesidePage(builder);
        beside.starting.start();
        return beside;
    }

    private void begin() {
        try {
            TelegramBot started = builder.start();
            bot = started;
            LOGGER.log(Level.INFO, "@" + started.name() + " is on Telegram: https://t.me/" + started.name());
        } catch (RuntimeException e) {
            if (!closed) {
                LOGGER.log(
                        Level.ERROR, "the bot is not on Telegram, and the page goes on without it: " + e.getMessage());
                LOGGER.log(Level.DEBUG, "how the bot failed to start", e);
            }
        }
    }

    /** Finishes the replies that are being made, and ends. Closing twice is harmless. */
    @Override
    public void close() {
        closed = true;
        starting.interrupt();
        try {
            starting.join(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        TelegramBot started = bot;
        if (started != null) {
            started.close();
        }
    }
}
