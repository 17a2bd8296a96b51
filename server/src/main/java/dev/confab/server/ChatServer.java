package dev.confab.server;

import dev.confab.dialogue.Chatbot;
import dev.confab.engine.error.ConfabException;
import dev.confab.engine.generation.BatchStatistics;
import dev.confab.engine.generation.SessionPool;
import dev.confab.server.access.ClientConnection;
import dev.confab.server.access.Gate;
import dev.confab.server.access.RefusedException;
import dev.confab.server.access.StoredAccounts;
import dev.confab.server.access.StoredKeys;
import dev.confab.server.openai.Clients;
import dev.confab.server.openai.OpenAiRoutes;
import dev.confab.server.operator.Bookkeeping;
import dev.confab.server.operator.OperatorRoutes;
import dev.confab.server.store.ApiKeys;
import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseConversationStore;
import dev.confab.server.store.StoreException;
import dev.confab.server.store.Tallies;
import dev.confab.ui.ChatInterface;
import dev.confab.ui.Page;
import dev.confab.ui.RunningPage;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A chat page and an OpenAI-compatible API on one port, for many people from one model. Usable from any thread; runs until
 * it is closed.
 *
 * <pre>{@code
 * try (var bot = Chatbot.fromPretrained("microsoft/DialoGPT-medium");
 *         var server = ChatServer.start(bot, ServerOptions.defaults())) {
 *     System.out.println("Chat at " + server.url() + ", the API at " + server.url() + "/v1");
 *     Thread.currentThread().join();
 * }
 * }</pre>
 */
public final class ChatServer implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(ChatServer.class.getName());

    /** How long answers that are complete may take to be sent when the server stops. */
    private static final Duration LAST_BYTES = Duration.ofSeconds(5);

    /** Requests of the page that make nothing new. */
    private static final Set<String> CHEAP = Set.of("cancel", "reset", "login", "upload", "flag");

    private final ServerOptions options;
    private final Gate gate;
    private final Clients clients;
    private final Meter meter;
    private final AwaitedModel model;
    private final PageReplies replies;
    private final FirstVisit firstVisit = new FirstVisit();
    private final @Nullable Database database;
    private final @Nullable Bookkeeping bookkeeping;
    private final RunningPage page;
    private @Nullable SessionPool sessions;

    private ChatServer(ServerOptions given, @Nullable Database database, Consumer<ChatInterface> change) {
        options = database == null || given.apiKeys().isPresent()
                ? given
                : given.withApiKeys(new StoredKeys(new ApiKeys(database)));
        this.database = database;
        gate = new Gate(options.traffic());
        clients = new Clients(options);
        meter = new Meter();
        meter.watch(gate);
        model = new AwaitedModel(options.traffic().replyTime());
        var api = new OpenAiRoutes(model, options, gate, clients, meter.replies());
        replies = new PageReplies(model, options, gate, meter.replies());
        ChatInterface chat = ChatInterface.streaming(replies::reply)
                .title(options.title())
                .host(options.host())
                .allowedOrigins(options.allowedOrigins().toArray(String[]::new))
                .concurrencyLimit(options.traffic().pageRepliesAtOnce())
                .visitorLimit(options.traffic().requestsAtOnce())
                .queueSize(options.traffic().requestsInAll())
                .openPaths("/v1/", "/health/", "/metrics")
                .js(loadingScript())
                .configure(this::configure)
                .configure(api::addTo)
                .quiet();
        options.port().ifPresent(chat::port);
        bookkeeping = database == null ? null : keep(chat, database);
        change.accept(chat);
        page = launch(chat);
        meter.watch(page);
    }

    /**
     * Starts a server.
     *
     * @param bot stays the caller's to close, after the server
     * @throws ConfabException if the port is taken
     */
    public static ChatServer start(Chatbot bot, ServerOptions options) {
        return start(bot, options, _ -> {});
    }

    /**
     * Starts a server that keeps in a database what it has to keep: see {@link #open(ServerOptions, Database)}.
     *
     * @param bot stays the caller's to close, after the server
     * @param database stays the caller's to close, after the server
     * @throws ConfabException if the port is taken, or the database fails
     */
    public static ChatServer start(Chatbot bot, ServerOptions options, Database database) {
        return answering(open(options, database), bot);
    }

    /**
     * Starts a server whose page is changed first, such as to keep conversations or to let only users in.
     *
     * @param bot stays the caller's to close, after the server
     * @param page changes the page before it is served
     * @throws ConfabException if the port is taken
     */
    public static ChatServer start(Chatbot bot, ServerOptions options, Consumer<ChatInterface> page) {
        return answering(open(options, page), bot);
    }

    private static ChatServer answering(ChatServer server, Chatbot bot) {
        try {
            server.answerWith(bot);
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Starts a server before its chatbot is loaded: people see the page and can write already, the server says that it is
     * not {@code /health/ready}, and what is asked waits for {@link #answerWith}.
     *
     * @param page changes the page before it is served
     * @throws ConfabException if the port is taken
     */
    public static ChatServer open(ServerOptions options, Consumer<ChatInterface> page) {
        return new ChatServer(options, null, page);
    }

    /**
     * The same with a database for what is to be kept: conversations, what people think of replies, and counts. As soon as
     * it has users, the page asks for a login; as soon as it has keys, the API needs one, unless the options bring keys of
     * their own. Operators have a page at {@code /operator}.
     *
     * @param database stays the caller's to close, after the server
     * @throws ConfabException if the port is taken, or the database fails
     */
    public static ChatServer open(ServerOptions options, Database database) {
        return new ChatServer(options, database, _ -> {});
    }

    /**
     * Begins to load what the first server of a process takes most of its time for, in a thread of its own, and returns at
     * once. Servers do without; a program that has other things to do first starts one sooner after this.
     */
    public static void prepare() {
        Thread.ofPlatform().daemon().name("confab-preparing").start(() -> {
            JsonMapper.shared().readTree("{}"); // which all that follows reads with
            Database.prepare();
            Page.prepare();
        });
    }

    /**
     * Lets those in who wait for the page already, such as by a tab that was open before the start: what a program does
     * next, such as loading a model, takes the processor from them. Returns when the first of them has the page, and almost
     * at once if nobody asks for it. Then begins to load, in a thread of its own, what the page asks for once it is shown.
     */
    public void welcome() {
        try {
            firstVisit.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Thread.ofPlatform().daemon().name("confab-preparing").start(this::warmUp);
    }

    /** The database itself tells whoever needs it that it fails. */
    private void warmUp() {
        try {
            if (database != null) {
                database.warmUp();
            }
        } catch (StoreException e) {
            LOGGER.log(Level.DEBUG, "the database could not be asked ahead", e);
        }
    }

    private Bookkeeping keep(ChatInterface chat, Database database) {
        var store = new DatabaseConversationStore(database);
        var accounts = new StoredAccounts(database);
        var operator = new OperatorRoutes(options.title(), database, accounts, clients, gate, this::statistics);
        chat.conversations(
                        new ReportingConversationStore(store, () -> model.now().map(AwaitedModel.Loaded::bot)))
                .auth(accounts)
                .configure(operator::addTo);
        return Bookkeeping.start(meter.registry(), new Tallies(database));
    }

    private Optional<BatchStatistics> statistics() {
        return model.now().map(loaded -> loaded.bot().model().generator().statistics());
    }

    /**
     * Answers with a chatbot from now on; does nothing if the server was closed in the meantime.
     *
     * @param bot stays the caller's to close, after the server
     * @throws ConfabException if the server has a chatbot
     */
    public synchronized void answerWith(Chatbot bot) {
        if (sessions != null) {
            throw new ConfabException("the server has a chatbot already; start another one for this");
        }
        if (!gate.isOpen()) {
            return;
        }
        warmUp(); // which nobody has done yet where the program did not welcome() anybody
        sessions = new SessionPool(bot.model().generator(), options.sessions());
        meter.watch(bot.model().generator());
        model.arrive(new AwaitedModel.Loaded(bot, sessions, new TurnTokens(bot.model(), bot.generationConfig())));
    }

    private RunningPage launch(ChatInterface chat) {
        try {
            return listen(chat).awaitStart();
        } catch (RuntimeException e) {
            closeBookkeeping();
            replies.close();
            throw e instanceof IllegalStateException ? new ConfabException(String.valueOf(e.getMessage()), e) : e;
        }
    }

    private RunningPage listen(ChatInterface chat) {
        try {
            return chat.launch();
        } catch (IllegalStateException e) {
            throw e.getCause() instanceof IOException cause ? ListeningPort.refused(options, cause) : e;
        }
    }

    /** What tells people on the page that the model is still being loaded. */
    private static String loadingScript() {
        try (var script = Objects.requireNonNull(ChatServer.class.getResourceAsStream("loading.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void configure(JavalinConfig config) {
        config.http.maxRequestSize = (long) options.input().bodyBytes();
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(LAST_BYTES.toMillis());
            server.insertHandler(new GracefulHandler());
            server.insertHandler(ClientConnection.handler());
        });
        config.contextResolver.ip = clients::address; // which slows down guesses behind a trusted proxy, too
        config.routes.before(_ -> firstVisit.begins());
        config.routes.before(this::guard);
        new Watch(gate, model, clients, meter, firstVisit).addTo(config);
    }

    /** What holds for all requests: no other sites, not too often. */
    private void guard(Context context) {
        String origin = context.header("Origin");
        if (origin != null
                && !origin.equals(ownOrigin(context))
                && !options.allowedOrigins().contains(origin)) {
            refuse(context, HttpStatus.FORBIDDEN, "pages of " + origin + " may not use this server");
        } else if (isCallOfPage(context)) {
            try {
                gate.countRequest(clients.address(context));
            } catch (RefusedException e) {
                context.header("Retry-After", String.valueOf(e.retryAfter().toSeconds()));
                refuse(context, HttpStatus.TOO_MANY_REQUESTS, String.valueOf(e.getMessage()));
            }
        }
    }

    private String ownOrigin(Context context) {
        String host = options.trustsProxy() ? context.header("X-Forwarded-Host") : null;
        String scheme = options.trustsProxy() ? context.header("X-Forwarded-Proto") : null;
        return (scheme == null ? context.scheme() : scheme) + "://" + (host == null ? context.host() : host);
    }

    private static boolean isCallOfPage(Context context) {
        String path = context.path();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return context.req().getMethod().equals("POST") && !path.startsWith("/v1/") && !CHEAP.contains(last);
    }

    private static void refuse(Context context, HttpStatus status, String detail) {
        context.status(status)
                .contentType("application/json")
                .result(JsonNodeFactory.instance
                        .objectNode()
                        .put("detail", detail)
                        .toString())
                .skipRemainingHandlers();
    }

    /** Where the page is; the API is at {@code /v1} below it. */
    public URI url() {
        return page.url();
    }

    /** The port that it listens at. */
    public int port() {
        return page.port();
    }

    /** Where an embedding program can add meters of its own to those at {@code /metrics}. */
    public MeterRegistry meters() {
        return meter.registry();
    }

    /**
     * Stops: refuses what is new, waits for the replies under way as long as the limits say, then ends. Closing twice is
     * harmless.
     */
    @Override
    public void close() {
        model.giveUp();
        gate.close();
        page.close();
        closeBookkeeping();
        replies.close();
        closeSessions();
    }

    private void closeBookkeeping() {
        if (bookkeeping != null) {
            bookkeeping.close();
        }
    }

    private synchronized void closeSessions() {
        if (sessions != null) {
            sessions.close();
        }
    }
}
