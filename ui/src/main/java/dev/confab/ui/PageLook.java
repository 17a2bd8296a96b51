package dev.confab.ui;

import dev.confab.ui.http.PageDefinition.Look;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a page's author says of how it looks.
 *
 * @param <P> the author's kind of page
 */
abstract sealed class PageLook<P> permits PageNetwork {
    private String title = "";
    private String description = "";
    private String article = "";
    private String css = "";
    private String javaScript = "";
    private String head = "";
    private @Nullable Path favicon;
    private final Map<String, String> theme = new LinkedHashMap<>();
    private final Map<String, Path> locales = new LinkedHashMap<>();

    abstract P self();

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

    final Look look() {
        return new Look(
                title, description, article, css, javaScript, head, favicon, Map.copyOf(theme), Map.copyOf(locales));
    }
}
