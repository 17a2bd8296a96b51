package dev.confab.app;

import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.engine.ModelOptions;
import dev.confab.server.ChatServer;
import dev.confab.server.ServerOptions;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import dev.confab.server.store.Retention;
import dev.confab.telegram.BotToken;
import dev.confab.telegram.TelegramBotBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jline.terminal.spi.SystemStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code confab serve}: the chat page and the API, until it is stopped. */
@Command(
        name = "serve",
        description =
                "A chat page, and an OpenAI-compatible API below /v1, on one port. The same as no command at all.")
final class ServeCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final GenerationSettings settings;

    @Mixin
    ModelSelection selection;

    @Mixin
    DatabaseOptions database;

    @Mixin
    ChatbotOptions chatbot;

    @Option(
            names = "--api-filter",
            paramLabel = "PRESET",
            defaultValue = "none",
            description =
                    "what the API neither answers nor says: safe, kid-safe or none (default: ${DEFAULT-VALUE}); with"
                            + " one, a reply is streamed when it is complete")
    String apiFilter = "none";

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address to listen at; 0.0.0.0 lets other machines in (default: ${DEFAULT-VALUE})")
    String host = "127.0.0.1";

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "port to listen at, 0 for any free one (default: the first free one from 7860 on)")
    @Nullable
    Integer port;

    @Option(names = "--title", paramLabel = "TEXT", defaultValue = "Confab", description = "heading of the page")
    String title = "Confab";

    @Option(
            names = "--served-name",
            paramLabel = "NAME",
            description = "what the API calls the model (default: the model's name)")
    @Nullable
    String servedName;

    @Option(
            names = "--keep-days",
            paramLabel = "N",
            description = "delete conversations this many days after their last message (default: keep them)")
    @Nullable
    Integer keepDays;

    @Option(
            names = "--allow-origin",
            paramLabel = "SITE",
            description =
                    "a site such as https://example.org whose pages may use the server from a browser; repeatable")
    List<String> allowedOrigins = List.of();

    @Mixin
    TrafficOptions limits;

    @Option(
            names = "--trust-proxy",
            description = "believe X-Forwarded-* headers; for a server behind a proxy of your own")
    boolean trustProxy;

    @Option(
            names = "--telegram",
            description = "put the chatbot on Telegram, too; the options of confab telegram hold for it")
    boolean onTelegram;

    @Mixin
    TelegramOptions telegram;

    @Option(names = "--no-browser", description = "do not open the page in a browser")
    boolean noBrowser;

    @Mixin
    CommonOptions common;

    ServeCommand(Surroundings surroundings, GenerationSettings settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        ServerOptions options = options();
        BotToken token = onTelegram ? telegram.token(surroundings) : null;
        Duration kept = kept();
        try (Database store = database.open(surroundings);
                ChatServer server = ChatServer.open(options, store);
                ShutdownHook _ = ShutdownHook.of(server::close)) {
            server.welcome();
            warnOfOpenDoors(store);
            answer(server, token, store, new Retention(store, kept));
        }
        return 0;
    }

    /** Loads the model while the page can be seen already, and answers until the process is stopped. */
    private void answer(ChatServer server, @Nullable BotToken token, Database store, Retention retention)
            throws IOException {
        ChatbotBuilder builder = chatbot.builder(settings.config()); // its filters take a while
        ModelOptions how = selection.options(surroundings, common);
        var loading = new FirstProgress(how.progress(), () -> announce(server, how));
        try (LoadedChatbot loaded = LoadedChatbot.load(
                        builder, chatbot.ranking, chatbot.skills, selection, how.withProgress(loading), surroundings);
                Retention.Cleaning _ = retention.start()) {
            server.answerWith(loaded.bot());
            loading.say();
            if (token == null) {
                ShutdownHook.awaitInterruption();
            } else {
                answerOnTelegram(
                        telegram.bot(loaded.bot(), store, token, surroundings).metrics(server.meters()));
            }
            server.close(); // the replies under way need the model
        }
    }

    private static void answerOnTelegram(TelegramBotBuilder builder) {
        try (TelegramBesidePage beside = TelegramBesidePage.start(builder);
                ShutdownHook _ = ShutdownHook.of(beside::close)) {
            ShutdownHook.awaitInterruption();
        }
    }

    private @Nullable Duration kept() {
        if (keepDays != null && keepDays < 1) {
            throw new UsageException("--keep-days is " + keepDays + "; choose at least 1");
        }
        return keepDays == null ? null : Duration.ofDays(keepDays);
    }

    private ServerOptions options() {
        OptionalInt chosenPort = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        return ServerOptions.defaults()
                .withAddress(host, chosenPort)
                .withNames(servedName == null ? selection.name() : servedName, title)
                .withAllowedOrigins(allowedOrigins)
                .withLimits(limits.input(), limits.traffic())
                .withTrustedProxy(trustProxy)
                .withApiFilters(FilterPresets.ofApi("--api-filter", apiFilter));
    }

    private void warnOfOpenDoors(Database store) {
        if (!common.quiet && !isLoopback(host) && !new ApiKeys(store).any()) {
            surroundings
                    .err()
                    .println("confab: other machines can use this server without a key;"
                            + " confab key create NAME closes the API");
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void announce(ChatServer server, ModelOptions how) {
        if (!common.quiet) {
            surroundings
                    .out()
                    .print("Chat with " + selection.name() + " at " + server.url() + "\n" + "The API is at "
                            + server.url() + "/v1; Ctrl-C ends both.\n" + Computing.notice(how) + "\n");
        }
        if (!noBrowser && Terminals.isTerminal(surroundings, SystemStream.Output)) {
            DesktopBrowser.open(server.url(), surroundings);
        }
    }
}
