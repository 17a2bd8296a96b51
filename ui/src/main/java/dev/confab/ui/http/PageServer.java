package dev.confab.ui.http;

import dev.confab.ui.call.Calls;
import dev.confab.ui.call.Sessions;
import dev.confab.ui.conversation.ConversationStore;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A page that is being served. Usable from any thread. */
public final class PageServer implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(PageServer.class.getName());
    private static final long MAX_BODY_BYTES = 8 << 20;
    /** What a form has besides its files. */
    private static final long FORM_BYTES = 1 << 16;

    /** The attribute of a request that names the user who is logged in. */
    public static final String USER = "dev.confab.user";

    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration HOUSEKEEPING = Duration.ofSeconds(1);
    private static final Duration FILES_KEPT = Duration.ofHours(1);

    /** What whoever has not logged in may ask for. */
    private static final Set<String> PUBLIC =
            Set.of("", "login", "theme.css", "favicon.ico", "manifest.json", "locale.json", "widget.js");

    private static final List<String> PUBLIC_FOLDERS = List.of("page/", "avatar/", "share/", "shared/");

    private final PageDefinition page;
    private final UploadFolder files;
    private final Calls calls;
    private final Sessions sessions;
    private final ConfigJson config;
    private final Logins logins;
    private final Requests requests;
    private final Owners owners;
    private final Locales locales;
    private final Turns turns;
    private final PageRoutes pages;
    private final Consumer<JavalinConfig> customization;
    private final int port;
    private final WebServer server;

    /**
     * Opens the port of a page, and begins to start the server behind it.
     *
     * @param customization what else to configure, such as routes of the author's own
     * @throws IllegalStateException if no port is free
     */
    public PageServer(PageDefinition page, Consumer<JavalinConfig> customization) {
        Preloading.begin();
        this.page = page;
        this.customization = customization;
        files = new UploadFolder(page.limits());
        calls = new Calls(page.limits().calls(), page.showErrors(), files);
        sessions = new Sessions(page.limits().sessionCapacity(), page.limits().sessionTimeToLive());
        config = new ConfigJson(page, files);
        locales = new Locales(page.look().locales());
        logins = new Logins(page, locales);
        owners = new Owners(logins);
        requests = new Requests(page, sessions, calls, files, logins, HEARTBEAT);
        turns = new Turns(page.chat().store(), owners, requests);
        pages = new PageRoutes(page, logins, owners, locales);
        ServerSocketChannel listening = ListeningPort.open(page.network());
        port = listening.socket().getLocalPort();
        server = WebServer.start(listening, this::configure);
        Thread.ofVirtual().name("housekeeping").start(this::keepHouse);
    }

    /** Loads classes that a start needs, unless that was done, or a start did it. */
    public static void prepare() {
        Preloading.run();
    }

    /** The port that it listens at. */
    public int port() {
        return port;
    }

    /**
     * Waits until the first visitor can be answered.
     *
     * @throws RuntimeException if the server cannot be started, such as for what the customization does; then all is closed
     */
    public void awaitStart() {
        try {
            server.awaitStart();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** How many calls wait for their turn. */
    public int waiting() {
        return calls.waiting();
    }

    /** Ends all calls, the files and the server. Does nothing if that is done. */
    @Override
    public void close() {
        requests.close();
        calls.close();
        server.close();
        files.close();
    }

    private void keepHouse() {
        try {
            while (!requests.awaitClose(HOUSEKEEPING)) {
                sweep(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep(long now) {
        try {
            calls.sweep(now);
            turns.keepProgress(now);
            sessions.sweep(now);
            files.sweep(FILES_KEPT.toNanos(), now);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "could not clean up", e);
        }
    }

    private void configure(JavalinConfig javalinConfig) {
        QuietServer.configure(javalinConfig);
        javalinConfig.http.maxRequestSize = MAX_BODY_BYTES;
        javalinConfig.router.ignoreTrailingSlashes = true;
        javalinConfig.jetty.multipartConfig.maxFileSize(page.limits().maxFileSize(), SizeUnit.BYTES);
        javalinConfig.jetty.multipartConfig.maxTotalRequestSize(
                page.limits().maxStoredBytes() + FORM_BYTES, SizeUnit.BYTES);
        javalinConfig.routes.before(this::guard);
        Errors.answerAll(javalinConfig, locales);
        String root = page.network().rootPath();
        for (String prefix : root.isEmpty() ? List.of("") : List.of("", root)) {
            addPage(javalinConfig, prefix);
            addApi(javalinConfig, prefix);
            addApi(javalinConfig, prefix + ConfigJson.API_PREFIX);
        }
        customization.accept(javalinConfig);
    }

    /** What holds for every request: where it may come from, and who may ask. */
    private void guard(Context context) {
        context.header("X-Content-Type-Options", "nosniff").header("Referrer-Policy", "same-origin");
        boolean mayAsk = new Origins(page.network().allowedOrigins(), !logins.isNeeded()).check(context);
        if (mayAsk && logins.isNeeded() && !isPublic(context.path())) {
            String user = logins.user(context);
            if (user != null) {
                context.attribute(USER, user);
            } else if (isVisit(context)) {
                pages.login(context);
                context.skipRemainingHandlers();
            } else {
                logins.refuse(context);
            }
        }
    }

    /** Whether somebody opens a page, rather than a program that asks for something. */
    private static boolean isVisit(Context context) {
        String accepted = context.header("Accept");
        return context.req().getMethod().equals("GET") && accepted != null && accepted.contains("text/html");
    }

    private boolean isPublic(String path) {
        String root = page.network().rootPath();
        String below = !root.isEmpty() && path.startsWith(root) ? path.substring(root.length()) : path;
        String name = below.replaceFirst("^" + ConfigJson.API_PREFIX, "")
                .replaceFirst("^/", "")
                .replaceFirst("/$", "");
        return PUBLIC.contains(name)
                || PUBLIC_FOLDERS.stream().anyMatch(name::startsWith)
                || page.access().openPaths().stream().anyMatch(path::startsWith);
    }

    private void addPage(JavalinConfig target, String prefix) {
        get(target, prefix + "/", pages::index);
        get(target, prefix + "/page/<path>", pages::file);
        get(target, prefix + "/custom.js", pages::javaScript);
        get(target, prefix + "/theme.css", pages::css);
        get(target, prefix + "/widget.js", pages::widget);
        get(target, prefix + "/locale.json", locales::send);
        get(target, prefix + "/api", new ApiPage(page, requests, pages)::send);
        AppRoutes app = new AppRoutes(page);
        get(target, prefix + "/manifest.json", app::manifest);
        get(target, prefix + "/favicon.ico", app::favicon);
        get(target, prefix + "/avatar/{role}", app::avatar);
    }

    private void addApi(JavalinConfig target, String prefix) {
        QueueRoutes queue = new QueueRoutes(requests);
        post(target, prefix + "/queue/join", queue::join);
        get(target, prefix + "/queue/data", queue::data);
        get(target, prefix + "/queue/status", queue::status);
        get(target, prefix + "/heartbeat/{hash}", queue::heartbeat);
        post(target, prefix + "/cancel", queue::cancel);
        post(target, prefix + "/reset", queue::reset);

        new McpRoutes(page, requests).addTo(target, prefix);
        FileRoutes file = new FileRoutes(files);
        ConversationStore store = page.chat().store();
        if (store != null) {
            ConversationRoutes routes = new ConversationRoutes(page, store, owners, requests);
            routes.addTo(target, prefix);
            new ShareRoutes(page, store, routes, pages, file).addTo(target, prefix);
        }
        CallRoutes one = new CallRoutes(requests, turns);
        post(target, prefix + "/call/v2/{name}", one::callNamed);
        post(target, prefix + "/call/{name}", one::call);
        get(target, prefix + "/call/{name}/{event}", one::follow);
        post(target, prefix + "/run/{name}", one::run);
        post(target, prefix + "/api/{name}", one::run);
        post(target, prefix + "/stream/{name}", one::stream);
        get(target, prefix + "/stream/{name}/{event}", one::resume);

        post(target, prefix + "/upload", file::upload);
        get(target, prefix + "/upload_progress", file::progress);
        get(target, prefix + "/file=<path>", file::download);
        post(target, prefix + "/flag", new FlagRoutes(page, logins)::flag);

        post(target, prefix + "/login", logins::login);
        get(target, prefix + "/logout", logins::logout);
        get(target, prefix + "/user", context -> Json.send(context, Json.tree(String.valueOf(logins.user(context)))));
        get(
                target,
                prefix + "/login_check",
                context -> Json.send(context, Json.object().put("status", "ok")));

        get(target, prefix + "/config", context -> Json.send(context, config(context)));
        get(target, prefix + "/openapi.json", context -> Json.send(context, openApi(context)));
        get(target, prefix + "/info", context -> Json.send(context, config.info()));
        get(
                target,
                prefix + "/app_id",
                context -> Json.send(context, Json.object().put("app_id", config.appId())));
        get(target, prefix + "/startup-events", context -> Json.send(context, Json.tree(true)));
    }

    private static void get(JavalinConfig target, String path, Handler handler) {
        target.routes.get(path, handler);
    }

    private static void post(JavalinConfig target, String path, Handler handler) {
        target.routes.post(path, handler);
    }

    private JsonNode config(Context context) {
        return config.config(requests.root(context), logins.user(context));
    }

    private JsonNode openApi(Context context) {
        return new OpenApi(page).document(requests.root(context));
    }
}
