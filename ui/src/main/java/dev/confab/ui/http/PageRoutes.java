package dev.confab.ui.http;

import dev.confab.ui.component.Html;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The page itself: its files lie beside this package, in {@code page}. */
final class PageRoutes {
    private static final String FOLDER = "/dev/confab/ui/page/";

    private static final String WEBJARS = "META-INF/resources/webjars/";

    /** No script but the page's own and the author's, both from files; nothing from elsewhere. */
    private static final String SECURITY_POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
                    + " connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2");

    /** Libraries of the page by the names that it knows them by; they lie in jars of their own. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "library/marked.js", "marked/17.0.1/lib/marked.esm.js",
            "library/purify.js", "dompurify/3.3.3/dist/purify.min.js");

    private final PageDefinition page;
    private final Logins logins;
    private final Owners owners;

    PageRoutes(PageDefinition page, Logins logins, Owners owners) {
        this.page = page;
        this.logins = logins;
        this.owners = owners;
    }

    void index(Context context) {
        boolean loggedIn = !logins.isNeeded() || logins.user(context) != null;
        if (page.conversations().store() != null) {
            owners.greet(context);
        }
        send(context, loggedIn ? "index.html" : "login.html", UnaryOperator.identity());
    }

    /** A file of the page; in HTML, names in double braces are filled in. */
    void send(Context context, String name, UnaryOperator<String> fill) {
        PageDefinition.Look look = page.look();
        String message = page.access().message();
        String html = fill.apply(text(name))
                .replace("{{title}}", Html.escape(look.title()))
                .replace("{{base}}", Html.escape(page.network().rootPath() + "/"))
                .replace("{{message}}", message == null ? "" : Html.escape(message))
                .replace("{{head}}", look.head());
        context.header("Content-Security-Policy", SECURITY_POLICY)
                .header("Cache-Control", "no-cache")
                .contentType("text/html; charset=utf-8")
                .result(html);
    }

    void file(Context context) {
        String name = context.pathParam("path");
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        if (!name.matches("[A-Za-z0-9_-]+([./][A-Za-z0-9_-]+)*") || type == null || extension.equals("html")) {
            throw new NotFoundResponse("there is no file " + name);
        }
        byte[] content = bytes(name);
        if (content == null) {
            throw new NotFoundResponse("there is no file " + name);
        }
        context.header("Cache-Control", "no-cache").contentType(type).result(content);
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

    void favicon(Context context) throws IOException {
        Path own = page.look().favicon();
        String name = own == null ? "favicon.svg" : String.valueOf(own.getFileName());
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        byte[] content = own == null ? bytes(name) : Files.readAllBytes(own);
        if (content == null || type == null) {
            throw new NotFoundResponse("there is no picture");
        }
        context.header("Cache-Control", "max-age=3600").contentType(type).result(content);
    }

    void manifest(Context context) {
        var manifest = Json.object()
                .put("name", page.look().title())
                .put("start_url", ".")
                .put("display", "standalone");
        manifest.putArray("icons").addObject().put("src", "favicon.ico").put("sizes", "any");
        Json.send(context, manifest);
    }

    private static String text(String name) {
        byte[] content = bytes(name);
        if (content == null) {
            throw new IllegalStateException("the jar lacks " + FOLDER + name);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(String name) {
        try (InputStream in = open(name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable InputStream open(String name) {
        String library = LIBRARIES.get(name);
        return library == null
                ? PageRoutes.class.getResourceAsStream(FOLDER + name)
                : PageRoutes.class.getClassLoader().getResourceAsStream(WEBJARS + library);
    }
}
