package dev.confab.ui;

import dev.confab.ui.call.Endpoint;
import dev.confab.ui.component.Component;
import dev.confab.ui.http.PageDefinition;
import dev.confab.ui.http.PageDefinition.Chat;
import dev.confab.ui.http.PageDefinition.Form;
import dev.confab.ui.http.PageServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the pages for functions and for chats have in common. To be built by one thread, which then launches it.
 *
 * @param <P> which of the two it is
 */
public abstract sealed class Page<P extends Page<P>> extends PageAccess<P> permits Interface, ChatInterface {
    /** The port that is tried first. */
    public static final int DEFAULT_PORT = 7860;

    /** The attribute of a request that names the user who is logged in; there is none where nobody has to. */
    public static final String USER = PageServer.USER;

    private static final int DEFAULT_CONCURRENCY = 8;

    private String apiName;
    private String apiDescription = "";
    private int concurrencyLimit = DEFAULT_CONCURRENCY;
    private final List<Component> additionalInputs = new ArrayList<>();
    private final List<List<@Nullable Object>> examples = new ArrayList<>();

    Page(String apiName, String... flagOptions) {
        super(flagOptions);
        this.apiName = apiName;
    }

    abstract PageDefinition.Kind kind();

    abstract boolean isLive();

    abstract Chat chat();

    /** The function with its inputs and outputs, complete. */
    abstract Endpoint endpoint();

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

    /**
     * Serves the page and prints its address. Returns at once; the process goes on until the page is stopped. The port is
     * open then, and in a fresh process visitors wait for the rest of a second until the web server behind it has started; see
     * {@link RunningPage#awaitStart}.
     *
     * @throws IllegalStateException if the page is not complete or no port is free
     */
    public RunningPage launch() {
        PageDefinition definition = definition();
        PageServer server = new PageServer(definition, customization());
        RunningPage page = new RunningPage(server, definition.network());
        if (!definition.network().quiet()) {
            IO.println("Running on " + page.url());
        }
        return page;
    }

    /**
     * Loads what the first {@link #launch} of a process takes most of its time for. A launch does that by itself; a program
     * that has other things to do first can let another thread do it meanwhile.
     */
    public static void prepare() {
        PageServer.prepare();
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
                look(),
                new Form(additionalInputs.size(), isLive(), List.copyOf(examples)),
                endpoint,
                network(),
                limits(),
                access(),
                flagging(),
                chat(),
                isShowingErrors());
    }

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
