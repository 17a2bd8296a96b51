package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.dialogue.persona.Persona;
import dev.confab.engine.LanguageModel;
import dev.confab.server.store.Database;
import dev.confab.telegram.BotToken;
import dev.confab.telegram.TelegramBot;
import dev.confab.telegram.TelegramBotBuilder;
import dev.confab.telegram.WebhookOptions;
import dev.confab.telegram.store.DatabaseBotStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "file that holds the bot's token and nothing else (default: the variable TELEGRAM_BOT_TOKEN)")
    @Nullable
    Path tokenFile;

    @Mixin
    TelegramOptions telegram;

    @Option(
            names = "--persona",
            paramLabel = "NAME_OR_FILE",
            description = "who the chatbot is, of those that come with Confab or from a YAML file (docs/personas.md)")
    @Nullable
    String persona;

    @Option(
            names = "--choice-of-personas",
            paramLabel = "NAME_OR_FILE",
            split = ",",
            description = "who people can choose with /persona (default: all that come with Confab)")
    List<String> personas = new ArrayList<>(Persona.shipped());

    @Option(
            names = "--filter",
            paramLabel = "PRESET",
            description = "what may be said by people and by the bot: safe, kid-safe or none (default: safe;"
                    + " docs/filters.md); with a filter a long reply is shown when it is complete")
    String filter = "safe";

    @Mixin
    MemoryOptions memory;

    @Mixin
    RankingOptions ranking;

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = "let Telegram bring updates to this address, instead of asking for them; HTTPS in front of"
                    + " --webhook-listen is yours to provide")
    @Nullable
    URI webhook;

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description = "file with the secret by which Telegram is known: 16 to 256 letters, digits, _ and -")
    @Nullable
    Path webhookSecretFile;

    @Option(
            names = "--webhook-listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8443",
            description = "where updates come in (default: ${DEFAULT-VALUE})")
    String webhookListen = "";

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
        ranking.requireRange();
        BotToken token = token();
        try (LanguageModel model = selection.load(surroundings, common);
                LoadedModels rankers = new LoadedModels();
                Chatbot chatbot = chatbot(model, rankers);
                Database opened = database.open(surroundings);
                TelegramBot bot = builder(chatbot, opened, token).start()) {
            if (!common.quiet) {
                surroundings
                        .err()
                        .println("@" + bot.name() + " is on Telegram: https://t.me/" + bot.name()
                                + "\nIt answers with " + selection.name() + " and keeps conversations in "
                                + opened.address()
                                + ". Ctrl-C ends it.");
            }
            runUntilStopped(bot);
        }
        return 0;
    }

    /** Replies that are being made are finished when the process is asked to end. */
    private static void runUntilStopped(TelegramBot bot) {
        Thread closing = new Thread(bot::close, "telegram-close");
        Runtime.getRuntime().addShutdownHook(closing);
        try {
            bot.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void convert(Gpt2botConfig config) {
        config.notes().forEach(surroundings.err()::println);
        surroundings.out().print(config.toYaml());
    }

    private BotToken token() {
        if (tokenFile != null) {
            return BotToken.read(tokenFile);
        }
        String token = surroundings.variable("TELEGRAM_BOT_TOKEN", "");
        if (token.isEmpty()) {
            throw new UsageException(
                    "no token; talk to @BotFather on Telegram (/newbot), and put the token that it gives"
                            + " you into TELEGRAM_BOT_TOKEN, or into a file for --token-file");
        }
        return BotToken.of(token);
    }

    private Chatbot chatbot(LanguageModel model, LoadedModels rankers) {
        ChatbotBuilder builder = Chatbot.builder()
                .model(model)
                .generation(settings.config())
                .memory(memory.memory())
                .candidates(ranking.candidates)
                .ranking(ranking.ranking(selection.options(surroundings, common), rankers))
                .filters(Chatbots.filters(filter));
        if (persona != null) {
            builder.persona(Personas.named(persona));
        }
        return Chatbots.build(builder);
    }

    private TelegramBotBuilder builder(Chatbot chatbot, Database opened, BotToken token) throws IOException {
        TelegramBotBuilder builder = TelegramBot.builder(chatbot)
                .token(token)
                .store(DatabaseBotStore.open(opened, token.botId()))
                .personas(personas.stream().map(Personas::named).toList());
        telegram.apply(builder, surroundings);
        if (webhook != null) {
            builder.webhook(webhook(webhook));
        }
        return builder;
    }

    private WebhookOptions webhook(URI url) throws IOException {
        if (webhookSecretFile == null) {
            throw new UsageException("--webhook needs --webhook-secret-file, or anybody could play Telegram");
        }
        int colon = webhookListen.lastIndexOf(':');
        try {
            int port = Integer.parseInt(webhookListen.substring(colon + 1));
            return new WebhookOptions(
                    url,
                    SecretFile.firstLine("--webhook-secret-file", webhookSecretFile),
                    new InetSocketAddress(webhookListen.substring(0, Math.max(0, colon)), port));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "--webhook-listen " + webhookListen + ": write host and port, as in 127.0.0.1:8443");
        }
    }
}
