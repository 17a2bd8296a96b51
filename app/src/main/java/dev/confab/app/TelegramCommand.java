package dev.confab.app;

import dev.confab.engine.ModelOptions;
import dev.confab.server.Meter;
import dev.confab.server.MonitoringServer;
import dev.confab.server.store.Database;
import dev.confab.telegram.BotToken;
import dev.confab.telegram.TelegramBot;
import dev.confab.telegram.TelegramBotBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab telegram}: the bot on Telegram. */
@Command(
        name = "telegram",
        description = {
            "Put a chatbot on Telegram. Its token, from BotFather, is in TELEGRAM_BOT_TOKEN or in a file; with a key in"
                    + " GIPHY_API_KEY it answers with GIFs, too. Ctrl-C ends it.",
            "",
            "Examples:",
            "  confab telegram --token-file token.txt",
            "  confab telegram --model microsoft/DialoGPT-medium --allow 12345,67890",
            "  confab telegram --import-gpt2bot chatbot.cfg > confab.yaml"
        })
final class TelegramCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Mixin
    ModelSelection selection;

    @Mixin
    ChatbotOptions options;

    @Mixin
    TelegramOptions telegram;

    @Option(
            names = "--metrics-listen",
            paramLabel = "HOST:PORT",
            description = "where health and metrics can be read, as in 127.0.0.1:9090 (default: nowhere)")
    @Nullable
    String metricsListen;

    @Mixin
    DatabaseOptions database;

    @Option(
            names = "--import-gpt2bot",
            paramLabel = "FILE",
            description = "read a configuration of gpt2bot, write it to standard output as one for --config, and end")
    @Nullable
    Path gpt2bot;

    @Mixin
    CommonOptions common;

    TelegramCommand(Surroundings surroundings, GenerationSettings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        if (gpt2bot != null) {
            convert(Gpt2botConfig.read(gpt2bot));
            return 0;
        }
        InetSocketAddress metrics =
                metricsListen == null ? null : ListenAddress.parse("--metrics-listen", metricsListen);
        BotToken token = telegram.token(surroundings);
        ModelOptions how = selection.options(surroundings, common);
        try (LoadedChatbot loaded = options.load(settings.config(), selection, how, surroundings);
                Database opened = database.open(surroundings)) {
            var meter = new Meter();
            meter.watch(loaded.bot().model().generator());
            TelegramBotBuilder builder =
                    telegram.bot(loaded.bot(), opened, token, surroundings).metrics(meter.registry());
            try (TelegramBot bot = builder.start();
                    ShutdownHook _ = ShutdownHook.of(bot::close);
                    MonitoringServer monitoring = monitoring(metrics, bot, meter)) {
                announce(bot, how, opened, monitoring);
                return end(bot);
            }
        }
    }

    /** Waits for it; a bot whose token was revoked has failed, for whoever starts it again. */
    private static int end(TelegramBot bot) {
        try {
            bot.await();
        } catch (InterruptedException _) {
            // An embedding program ends the command. Replies under way are waited for, so this thread must be able to.
        }
        return bot.isRevoked() ? 1 : 0;
    }

    private static @Nullable MonitoringServer monitoring(
            @Nullable InetSocketAddress address, TelegramBot bot, Meter meter) {
        return address == null ? null : MonitoringServer.start(address, meter, bot::isRunning);
    }

    private void announce(TelegramBot bot, ModelOptions how, Database opened, @Nullable MonitoringServer monitoring) {
        if (!common.quiet) {
            surroundings
                    .err()
                    .println("@" + bot.name() + " is on Telegram: https://t.me/" + bot.name() + "\nIt answers with "
                            + selection.name() + " and keeps conversations in " + opened.address()
                            + ". Ctrl-C ends it.\n" + Computing.notice(how));
            if (monitoring != null) {
                surroundings.err().println("Health and metrics are at " + monitoring.url() + ".");
            }
        }
    }

    private void convert(Gpt2botConfig config) {
        config.notes().forEach(surroundings.err()::println);
        surroundings.out().print(config.toYaml());
    }
}
