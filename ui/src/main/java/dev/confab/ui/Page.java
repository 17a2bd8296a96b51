package dev.confab.ui;

import dev.confab.ui.account.Accounts;
import dev.confab.ui.call.CallLimits;
import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.Component;
import dev.confab.ui.http.PageDefinition;
import dev.confab.ui.http.PageDefinition.Access;
import dev.confab.ui.http.PageDefinition.Conversations;
import dev.confab.ui.http.PageDefinition.Flagging;
import dev.confab.ui.http.PageDefinition.Form;
import dev.confab.ui.http.PageDefinition.Limits;
import dev.confab.ui.http.PageDefinition.Look;
import dev.confab.ui.http.PageDefinition.Network;
import dev.confab.ui.http.PageServer;
import io.javalin.config.JavalinConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the pages for functions and for chats have in common. To be built by one thread, which then launches it.
 *
 * @param <P> which of the two it is
 */
public abstract sealed class Page<P extends Page<P>> permits Interface, ChatInterface {
    /** The port that is tried first. */
    public static final int DEFAULT_PORT = 7860;

    /** The attribute of a request that names the user who is logged in; there is none where nobody has to. */
    public static final String USER = PageServer.USER;

    private static final int DEFAULT_CONCURRENCY = 8;
    private static final int DEFAULT_SESSIONS = 10_000;
    private static final long MEBIBYTE = 1 << 20;

    private String title = "";
    private String description = "";
    private String article = "";
    private String css = "";
    private String javaScript = "";
    private String head = "";
    private @Nullable Path favicon;
    private final Map<String, String> theme = new LinkedHashMap<>();
    private final Map<String, Path> locales = new LinkedHashMap<>();

    private String apiName;
    private String apiDescription = "";
    private int concurrencyLimit = DEFAULT_CONCURRENCY;
    private final List<Component> additionalInputs = new ArrayList<>();
    private final List<List<@Nullable Object>> examples = new ArrayList<>();

    private String host = "127.0.0.1";
    private int port = DEFAULT_PORT;
    private boolean nextFree = true;
    private String rootPath = "";
    private final List<String> allowedOrigins = new ArrayList<>();
    private final List<String> embedders = new ArrayList<>();
    private boolean quiet;
    private Consumer<JavalinConfig> customization = _ -> {};

    private CallLimits calls = CallLimits.DEFAULT;
    private int sessionCapacity = DEFAULT_SESSIONS;
    private Duration sessionTimeToLive = Duration.ofHours(1);
    private long maxFileSize = 100 * MEBIBYTE;
    private long maxStoredBytes = 1024 * MEBIBYTE;
    private final List<Path> allowedPaths = new ArrayList<>();

    private Accounts accounts = Accounts.none();
    private @Nullable String loginMessage;
    private List<String> openPaths = List.of();
    private @Nullable Path flagLog;
    private List<String> flagOptions;
    private boolean showErrors;

    Page(String apiName, String... flagOptions) {
        this.apiName = apiName;
        this.flagOptions = List.of(flagOptions);
    }

    abstract P self();

    abstract PageDefinition.Kind kind();

    abstract boolean isLive();

    abstract Conversations conversations();

    /** The function with its inputs and outputs, complete. */
    abstract Endpoint endpoint();

    // --- how it looks

    /** The heading of the page. */
    public P title(String text) {
        title = Objects.requireNonNull(text, "title");
        return self();
    }

    /** Markdown below the heading. */
    public P description(String markdown) {
        description = Objects.requireNonNull(markdown, "description");
        return self();
    }

    /** Markdown at the end of the page. */
    public P article(String markdown) {
        article = Objects.requireNonNull(markdown, "article");
        return self();
    }

    /** CSS rules after those of the page. */
    public P css(String rules) {
        css = Objects.requireNonNull(rules, "css");
        return self();
    }

    /** A script (an ES module) that the page loads after its own. */
    public P js(String script) {
        javaScript = Objects.requireNonNull(script, "js");
        return self();
    }

    /** HTML for the page's head. Scripts in it do not run: use {@link #js}. */
    public P head(String html) {
        head = Objects.requireNonNull(html, "head");
        return self();
    }

    /** The picture in the browser's tab: an svg, png or ico file. */
    public P favicon(Path file) {
        favicon = Objects.requireNonNull(file, "favicon");
        return self();
    }

    /**
     * Changes a colour or measure of the page.
     *
     * @param name of one of the page's CSS custom properties, without its two dashes
     * @param value what CSS takes for it, such as {@code #0b57d0}
     * @throws IllegalArgumentException if either could end the rule that it is written into
     */
    public P theme(String name, String value) {
        if (!name.matches("[a-z0-9-]+") || value.matches("(?s).*[;{}<>\\\\].*")) {
            throw new IllegalArgumentException("'" + name + ": " + value + "' is no CSS custom property");
        }
        theme.put(name, value);
        return self();
    }

    /**
     * Texts of the page in another language, or other texts in a language that it has.
     *
     * @param file named by the language's code, such as {@code fr.json}, with what it has of {@code en.json}
     * @throws IllegalArgumentException if it is not so named
     */
    public P locale(Path file) {
        String name = String.valueOf(file.getFileName());
        if (!name.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\\.json")) {
            throw new IllegalArgumentException("the file is '" + name
                    + "', expected a language's code before .json, such as fr.json or pt-BR.json");
        }
        locales.put(name.substring(0, name.length() - ".json".length()), file);
        return self();
    }

    // --- the function

    /** What the API calls the function: letters, digits, dashes and underscores. */
    public P apiName(String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "the name is '" + name + "', expected letters, digits, dashes and underscores");
        }
        apiName = name;
        return self();
    }

    /** What the API says of the function. */
    public P apiDescription(String text) {
        apiDescription = Objects.requireNonNull(text, "apiDescription");
        return self();
    }

    /** How many calls run at once, 8 unless set; others wait. Calls of one session with a state follow one another. */
    public P concurrencyLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is " + limit + ", expected at least 1");
        }
        concurrencyLimit = limit;
        return self();
    }

    /** Inputs after the ordinary ones, which the page keeps folded away. */
    public P additionalInputs(Component... components) {
        additionalInputs.clear();
        additionalInputs.addAll(Arrays.asList(components));
        return self();
    }

    /** A row of values for the inputs that the page offers to try; states are left out, as may be inputs at the end. */
    public P example(@Nullable Object... values) {
        examples.add(Arrays.asList(values.clone()));
        return self();
    }

    // --- where it is served

    /** The address to listen at: {@code 127.0.0.1} unless set, so that only this machine gets in; {@code 0.0.0.0} is all. */
    public P host(String address) {
        host = Objects.requireNonNull(address, "host");
        return self();
    }

    /** The one port to listen at, 0 for any free one. Unless set, it is the first free one from 7860 on. */
    public P port(int number) {
        if (number < 0 || number > 65535) {
            throw new IllegalArgumentException("the port is " + number + ", expected 0 to 65535");
        }
        port = number;
        nextFree = false;
        return self();
    }

    /** The path under which a proxy shows the page, such as {@code /bot}. */
    public P rootPath(String path) {
        if (!path.matches("(/[A-Za-z0-9._~-]+)*")) {
            throw new IllegalArgumentException("the path is '" + path + "', expected one such as /bot");
        }
        rootPath = path;
        return self();
    }

    /** Sites such as {@code https://example.org} whose pages may use the functions, with the cookies of their users. */
    public P allowedOrigins(String... origins) {
        allowedOrigins.addAll(List.of(origins));
        return self();
    }

    /**
     * Sites such as {@code https://example.org} whose pages may show this one in a frame, as {@code widget.js} does; {@code *}
     * is all of them.
     */
    public P embeddedIn(String... sites) {
        for (String site : sites) {
            if (!site.matches("\\*|https?://[A-Za-z0-9.*\\[\\]:-]+")) {
                throw new IllegalArgumentException(
                        "the site is '" + site + "', expected one such as https://example.org");
            }
        }
        embedders.addAll(List.of(sites));
        return self();
    }

    /** Prints no address when it is launched. */
    public P quiet() {
        quiet = true;
        return self();
    }

    /**
     * Changes the web server's own settings before it starts, such as to add routes. In their requests, the attribute
     * {@link #USER} has the name of the user who is logged in.
     */
    public P configure(Consumer<JavalinConfig> change) {
        customization = customization.andThen(change);
        return self();
    }

    // --- what it may use up

    /** How many calls may wait, 100 unless set; more are refused. */
    public P queueSize(int size) {
        calls = new CallLimits(size, calls.abandonedAfter(), calls.keptFor());
        return self();
    }

    /** When a call that nobody reads any more is cancelled, 30 seconds unless set. */
    public P abandonedAfter(Duration time) {
        calls = new CallLimits(calls.queueSize(), time, calls.keptFor());
        return self();
    }

    /**
     * How many sessions are remembered with their states, and how long after their last call; 10,000 and an hour unless
     * set.
     */
    public P sessions(int capacity, Duration timeToLive) {
        if (capacity < 1) {
            throw new IllegalArgumentException("the capacity is " + capacity + ", expected at least 1");
        }
        sessionCapacity = capacity;
        sessionTimeToLive = timeToLive;
        return self();
    }

    /** The largest file to upload in bytes, 100 MiB unless set, and how much all may take, 1 GiB unless set. */
    public P uploads(long largestFile, long allFiles) {
        maxFileSize = largestFile;
        maxStoredBytes = allFiles;
        return self();
    }

    /** Folders whose files anybody who may use the page may download. */
    public P allowedPaths(Path... folders) {
        allowedPaths.addAll(List.of(folders));
        return self();
    }

    // --- who may use it, and what is told of it

    /** Lets in only who knows this name and password. */
    public P auth(String user, String password) {
        byte[] expectedUser = user.getBytes(StandardCharsets.UTF_8);
        byte[] expectedPassword = password.getBytes(StandardCharsets.UTF_8);
        return auth((givenUser, givenPassword) -> {
            boolean sameUser = MessageDigest.isEqual(expectedUser, givenUser.getBytes(StandardCharsets.UTF_8));
            boolean samePassword =
                    MessageDigest.isEqual(expectedPassword, givenPassword.getBytes(StandardCharsets.UTF_8));
            return sameUser && samePassword;
        });
    }

    /** Lets in only those of whom a rule says, given a name and a password, that they may. */
    public P auth(BiPredicate<String, String> rule) {
        return auth(Accounts.of(Objects.requireNonNull(rule, "auth")));
    }

    /** Lets in only those who have an account. */
    public P auth(Accounts keeper) {
        accounts = Objects.requireNonNull(keeper, "auth");
        return self();
    }

    /** What the login page says. */
    public P authMessage(String text) {
        loginMessage = text;
        return self();
    }

    /**
     * Paths for which nobody needs to log in, such as those of routes that {@link #configure} adds and that look after
     * themselves.
     *
     * @param beginnings such as {@code /v1/}
     */
    public P openPaths(String... beginnings) {
        openPaths = List.of(beginnings);
        return self();
    }

    /**
     * Lets users point out results.
     *
     * @param log a file that they are added to, as CSV if its name ends with {@code .csv}, else as JSON Lines
     * @param options what they can say of them; {@code Flag} if there is none, or of a chat {@code Like} and
     *     {@code Dislike}
     */
    public P flagging(Path log, String... options) {
        flagLog = Objects.requireNonNull(log, "log");
        if (options.length > 0) {
            flagOptions = List.of(options);
        }
        return self();
    }

    /** Shows users the messages of all exceptions, which may tell more than they should know. */
    public P showErrors() {
        showErrors = true;
        return self();
    }

    /**
     * Serves the page and prints its address. Returns at once; the process goes on until the page is stopped.
     *
     * @throws IllegalStateException if the page is not complete or no port is free
     */
    public RunningPage launch() {
        PageServer server = new PageServer(definition(), customization);
        RunningPage page = new RunningPage(server, host, rootPath);
        if (!quiet) {
            IO.println("Running on " + page.url());
        }
        return page;
    }

    private PageDefinition definition() {
        Endpoint endpoint = endpoint();
        List<Component> inputs = endpoint.visibleInputs().stream()
                .map(input -> input.component())
                .toList();
        for (List<?> example : examples) {
            if (example.size() > inputs.size()) {
                throw new IllegalStateException("the example " + example + " has " + example.size() + " values for "
                        + inputs.size() + " inputs");
            }
        }
        return new PageDefinition(
                kind(),
                new Look(
                        title,
                        description,
                        article,
                        css,
                        javaScript,
                        head,
                        favicon,
                        Map.copyOf(theme),
                        Map.copyOf(locales)),
                new Form(additionalInputs.size(), isLive(), List.copyOf(examples)),
                endpoint,
                new Network(host, port, nextFree, rootPath, List.copyOf(allowedOrigins), List.copyOf(embedders), quiet),
                new Limits(
                        calls,
                        sessionCapacity,
                        sessionTimeToLive,
                        maxFileSize,
                        maxStoredBytes,
                        List.copyOf(allowedPaths)),
                new Access(accounts, loginMessage, openPaths),
                new Flagging(flagLog, flagOptions),
                conversations(),
                showErrors);
    }

    // --- for the two kinds

    String apiName() {
        return apiName;
    }

    String apiDescription() {
        return apiDescription;
    }

    int concurrencyLimit() {
        return concurrencyLimit;
    }

    List<Component> additionalInputs() {
        return additionalInputs;
    }
}
