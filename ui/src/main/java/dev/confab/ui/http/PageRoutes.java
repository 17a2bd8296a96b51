package dev.confab.ui.http;

import dev.confab.ui.component.Markup;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The page itself: its files lie beside this package, in {@code page}. */
final class PageRoutes {
    /** No script but the page's own and the author's, both from files; nothing from elsewhere. */
    private static final String SECURITY_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " connect-src 'self'; object-src 'none'; base-uri 'self';"
                    + " form-action 'self'; frame-ancestors 'self'";

    private final PageDefinition page;
    private final Logins logins;
    private final Owners owners;
    private final Locales locales;

    PageRoutes(PageDefinition page, Logins logins, Owners owners, Locales locales) {
        this.page = page;
        this.logins = logins;
        this.owners = owners;
        this.locales = locales;
    }

    void index(Context context) {
        boolean loggedIn = !logins.isNeeded() || logins.user(context) != null;
        if (page.chat().store() != null) {
            owners.greet(context);
        }
        send(context, loggedIn ? "index.html" : "login.html", UnaryOperator.identity());
    }

    /** What somebody sees instead of a page that needs a login; it comes once there is one. */
    void login(Context context) {
        context.status(HttpStatus.UNAUTHORIZED);
        send(context, "login.html", UnaryOperator.identity());
    }

    /** A file of the page; in HTML, names in double braces are filled in. */
    void send(Context context, String name, UnaryOperator<String> fill) {
        PageDefinition.Look look = page.look();
        String message = page.access().message();
        String language = locales.choose(context);
        String html = locales.fill(language, fill.apply(PageFiles.text(name)))
                .replace("{{language}}", language)
                .replace("{{direction}}", locales.direction(language))
                .replace("{{title}}", Markup.escape(look.title()))
                .replace("{{base}}", Markup.escape(page.network().rootPath() + "/"))
                .replace("{{message}}", message == null ? "" : Markup.escape(message))
                .replace("{{head}}", look.head());
        String embedders = String.join(" ", page.network().embedders());
        context.header("Content-Security-Policy", (SECURITY_POLICY + " " + embedders).strip())
                .header("Cache-Control", "no-cache")
                .header("Content-Language", language)
                .contentType("text/html; charset=utf-8")
                .result(html);
    }

    void file(Context context) {
        String name = context.pathParam("path");
        String type = MediaTypes.of(name);
        if (!name.matches("[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*") || type == null || name.endsWith(".html")) {
            throw new NotFoundResponse("there is no file " + name);
        }
        byte[] content = PageFiles.bytes(name);
        if (content == null) {
            throw new NotFoundResponse("there is no file " + name);
        }
        String tag = "W/\"" + content.length + "-" + Integer.toHexString(Arrays.hashCode(content)) + "\"";
        context.header("Cache-Control", "no-cache").header("ETag", tag);
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(HttpStatus.NOT_MODIFIED);
        } else {
            context.contentType(type).result(content);
        }
    }

    /** The theme, then the author's own rules. */
    void css(Context context) {
        String theme = page.look().theme().entrySet().stream()
                .map(entry -> "  --" + entry.getKey() + ": " + entry.getValue() + ";\n")
                .collect(Collectors.joining());
        String rules = theme.isEmpty() ? "" : ":root {\n" + theme + "}\n";
        context.header("Cache-Control", "no-cache")
                .contentType("text/css; charset=utf-8")
                .result(rules + page.look().css());
    }

    void javaScript(Context context) {
        context.header("Cache-Control", "no-cache")
                .contentType("text/javascript; charset=utf-8")
                .result(page.look().javaScript());
    }

    /** The script that puts the page into others. */
    void widget(Context context) {
        String language = locales.choose(context);
        ObjectNode texts = Json.object()
                .put("language", language)
                .put("direction", locales.direction(language))
                .put("title", page.look().title())
                .put("open", locales.text(language, "openChat"))
                .put("close", locales.text(language, "closeChat"));
        context.header("Cache-Control", "no-cache")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .contentType("text/javascript; charset=utf-8")
                .result(PageFiles.text("widget.js").replace("{{texts}}", texts.toString()));
    }
}
