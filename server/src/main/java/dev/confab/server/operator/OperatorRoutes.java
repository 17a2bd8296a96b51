package dev.confab.server.operator;

import dev.confab.engine.generation.BatchStatistics;
import dev.confab.server.access.Gate;
import dev.confab.server.access.StoredAccounts;
import dev.confab.server.openai.Clients;
import dev.confab.server.store.Database;
import dev.confab.server.store.RatedConversation;
import dev.confab.server.store.Tallies;
import dev.confab.server.store.Usage;
import dev.confab.ui.Page;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The operator's page at {@code /operator}, for operators alone. Usable from any thread. */
public final class OperatorRoutes {
    private static final Logger LOGGER = System.getLogger(OperatorRoutes.class.getName());

    /** Nothing but the page's own files, no script in the page, no other site, and nothing is sent anywhere. */
    private static final String SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String STYLE = text("operator.css");

    private final String title;
    private final Operators operators;
    private final Usage usage;
    private final Tallies tallies;
    private final Gate gate;
    private final Supplier<Optional<BatchStatistics>> batch;
    private final InstantSource clock;
    private final ZoneId zone;

    /**
     * Of a server.
     *
     * @param title the heading of its chat page
     * @param batch what the model's batch does; empty while the model is being loaded
     */
    public OperatorRoutes(
            String title,
            Database database,
            StoredAccounts accounts,
            Clients clients,
            Gate gate,
            Supplier<Optional<BatchStatistics>> batch) {
        this.title = title;
        this.operators = new Operators(accounts, clients);
        this.usage = new Usage(database);
        this.tallies = new Tallies(database);
        this.gate = gate;
        this.batch = batch;
        clock = InstantSource.system();
        zone = ZoneId.systemDefault();
    }

    private static String text(String file) {
        try (InputStream in = Objects.requireNonNull(OperatorRoutes.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds the page to a web server. */
    public void addTo(JavalinConfig config) {
        config.routes.get("/operator", this::page);
        config.routes.get(
                "/operator.css",
                context -> context.header("Cache-Control", "no-cache")
                        .contentType("text/css; charset=utf-8")
                        .result(STYLE));
    }

    private void page(Context context) {
        String refusal = operators.refusal(context);
        String conversation = context.queryParam("conversation");
        if (refusal != null) {
            send(context, HttpStatus.FORBIDDEN, message(refusal));
        } else if (conversation != null) {
            conversation(context, conversation);
        } else {
            overview(context);
        }
    }

    private void overview(Context context) {
        Span span = Optional.ofNullable(context.queryParam("span"))
                .flatMap(Span::of)
                .orElse(Span.DAY);
        var now = clock.instant();
        var axis = new Axis(span, span.until(now, zone), zone);
        Overview overview = Overview.read(usage, tallies, axis, batch.get(), gate.underWay());
        send(context, HttpStatus.OK, OperatorPage.of(overview, now));
    }

    private void conversation(Context context, String number) {
        Optional<RatedConversation> found =
                number.matches("\\d{1,18}") ? usage.conversation(Long.parseLong(number)) : Optional.empty();
        if (found.isEmpty()) {
            send(
                    context,
                    HttpStatus.NOT_FOUND,
                    message("There is no such conversation any more, or nobody has rated a reply in it."));
        } else {
            String user = context.attribute(Page.USER);
            LOGGER.log(Level.INFO, "operator={0} reads conversation={1}", user == null ? "local" : user, number);
            send(context, HttpStatus.OK, ConversationPage.of(found.get(), zone));
        }
    }

    private static String message(String text) {
        return new HtmlWriter().element("p", text).toString();
    }

    private void send(Context context, HttpStatus status, String content) {
        String heading = new HtmlWriter().text(title).toString();
        context.status(status)
                .header("Content-Security-Policy", SECURITY_POLICY)
                .header("Cache-Control", "no-store")
                .contentType("text/html; charset=utf-8")
                .result("""
                        <!doctype html>
                        <html lang="en">
                        <head>
                          <meta charset="utf-8">
                          <meta name="viewport" content="width=device-width, initial-scale=1">
                          <title>Operator · %1$s</title>
                          <script src="page/appearance.js"></script>
                          <link rel="icon" href="favicon.ico">
                          <link rel="stylesheet" href="page/page.css">
                          <link rel="stylesheet" href="theme.css">
                          <link rel="stylesheet" href="operator.css">
                        </head>
                        <body>
                          <header class="bar operator"><h1>Operator · %1$s</h1><a href="./">Chat</a></header>
                          <main class="operator">%2$s</main>
                        </body>
                        </html>
                        """.formatted(heading, content));
    }
}
