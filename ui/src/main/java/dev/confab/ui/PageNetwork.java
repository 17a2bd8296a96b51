package dev.confab.ui;

import dev.confab.ui.http.PageDefinition.Network;
import io.javalin.config.JavalinConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What a page's author says of where it is served.
 *
 * @param <P> the author's kind of page
 */
abstract sealed class PageNetwork<P> extends PageLook<P> permits PageLimits {
    private String host = "127.0.0.1";
    private int port = Page.DEFAULT_PORT;
    private boolean nextFree = true;
    private String rootPath = "";
    private final List<String> allowedOrigins = new ArrayList<>();
    private final List<String> embedders = new ArrayList<>();
    private boolean quiet;
    private Consumer<JavalinConfig> customization = _ -> {};

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
     * {@link Page#USER} has the name of the user who is logged in. Is called once for each launch, by the thread that starts
     * the web server; what it throws, {@link RunningPage#awaitStart} throws.
     */
    public P configure(Consumer<JavalinConfig> change) {
        customization = customization.andThen(change);
        return self();
    }

    final Network network() {
        return new Network(host, port, nextFree, rootPath, List.copyOf(allowedOrigins), List.copyOf(embedders), quiet);
    }

    final Consumer<JavalinConfig> customization() {
        return customization;
    }
}
