package dev.confab.app;

import dev.confab.dialogue.Chatbot;
import dev.confab.dialogue.ChatbotBuilder;
import dev.confab.engine.LanguageModel;
import dev.confab.engine.ModelOptions;
import dev.confab.engine.generation.GenerationConfig;
import dev.confab.server.ChatServer;
import dev.confab.server.ServerOptions;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import dev.confab.server.store.Retention;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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

    @Option(
            names = "--persona",
            paramLabel = "NAME_OR_FILE",
            description =
                    "who the chatbot of the page is: captain, gardener, librarian, robot, or a YAML file of your own")
    @Nullable
    String persona;

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

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "of one client (default: ${DEFAULT-VALUE})")
    int requestsPerMinute = TrafficLimits.defaults().requestsPerMinute();

    @Option(
            names = "--requests-at-once",
            paramLabel = "N",
            description = "replies under way for one client (default: ${DEFAULT-VALUE})")
    int requestsAtOnce = TrafficLimits.defaults().requestsAtOnce();

    @Option(
            names = "--requests-in-all",
            paramLabel = "N",
            description = "replies under way and waiting for all clients (default: ${DEFAULT-VALUE})")
    int requestsInAll = TrafficLimits.defaults().requestsInAll();

    @Option(
            names = "--reply-seconds",
            paramLabel = "N",
            description = "the longest that a reply may take (default: ${DEFAULT-VALUE})")
    long replySeconds = TrafficLimits.defaults().replyTime().toSeconds();

    @Option(
            names = "--shutdown-seconds",
            paramLabel = "N",
            description = "how long replies under way may go on when the server is stopped (default: ${DEFAULT-VALUE})")
    long shutdownSeconds = TrafficLimits.defaults().shutdownTime().toSeconds();

    @Option(
            names = "--max-characters",
            paramLabel = "N",
            description = "of all texts of a request together (default: ${DEFAULT-VALUE})")
    int maxCharacters = InputLimits.defaults().characters();

    @Option(
            names = "--max-messages",
            paramLabel = "N",
            description = "of a conversation in a request (default: ${DEFAULT-VALUE})")
    int maxMessages = InputLimits.defaults().messages();

    @Option(
            names = "--trust-proxy",
            description = "believe X-Forwarded-* headers; for a server behind a proxy of your own")
    boolean trustProxy;

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
        GenerationConfig config = settings.config();
        ServerOptions options = options();
        Duration kept = kept();
        try (Database store = database.open(surroundings);
                Retention.Cleaning _ = new Retention(store, kept).start();
                ChatServer server = ChatServer.open(options, store)) {
            warnOfOpenDoors(store);
            // Ctrl-C and kill run this; the replies under way are finished before the process ends.
            var stop = new Thread(server::close, "stop");
            Runtime.getRuntime().addShutdownHook(stop);
            try {
                answer(server, config);
            } finally {
                forget(stop);
            }
        }
        return 0;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The process is being stopped, and the hook at work.
        }
    }

    /** Loads the model while the page can be seen already, and answers until the process is stopped. */
    private void answer(ChatServer server, GenerationConfig config) {
        ModelOptions how = selection.options(surroundings, common);
        var loading = new FirstProgress(how.progress(), () -> announce(server));
        try (LanguageModel model = selection.load(surroundings, how.withProgress(loading));
                Chatbot bot = chatbot(model, config)) {
            server.answerWith(bot);
            loading.say();
            awaitInterruption();
            server.close(); // the replies under way need the model
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
        InputLimits defaults = InputLimits.defaults();
        var input = new InputLimits(defaults.bodyBytes(), maxCharacters, maxMessages, defaults.replies());
        var traffic = new TrafficLimits(
                requestsPerMinute,
                requestsAtOnce,
                requestsInAll,
                Duration.ofSeconds(replySeconds),
                Duration.ofSeconds(shutdownSeconds));
        return ServerOptions.defaults()
                .withAddress(host, chosenPort)
                .withNames(servedName == null ? selection.name() : servedName, title)
                .withAllowedOrigins(allowedOrigins)
                .withLimits(input, traffic)
                .withTrustedProxy(trustProxy);
    }

    private Chatbot chatbot(LanguageModel model, GenerationConfig config) {
        ChatbotBuilder builder = Chatbot.builder().model(model).generation(config);
        if (persona != null) {
            builder.persona(Personas.named(persona));
        }
        return Chatbots.build(builder);
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

    private void announce(ChatServer server) {
        if (!common.quiet) {
            surroundings
                    .out()
                    .print("Chat with " + selection.name() + " at " + server.url() + "\n" + "The API is at "
                            + server.url() + "/v1; Ctrl-C ends both.\n");
        }
        if (!noBrowser && Terminals.isTerminal(surroundings, SystemStream.Output)) {
            DesktopBrowser.open(server.url(), surroundings);
        }
    }

    private static void awaitInterruption() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            // That is how an embedding program ends it; what follows must be able to wait for the replies under way.
        }
    }
}
