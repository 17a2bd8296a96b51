package dev.confab.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.confab.server.store.Database;
import dev.confab.server.store.DatabaseAddress;
import dev.confab.server.store.DatabaseConversationStore;
import dev.confab.server.store.User.Role;
import dev.confab.server.store.Users;
import dev.confab.ui.Axe;
import dev.confab.ui.Chromium;
import dev.confab.ui.conversation.ConversationSummary;
import dev.confab.ui.conversation.Feedback;
import dev.confab.ui.conversation.StoredConversation;
import dev.confab.ui.conversation.StoredMessage;
import dev.confab.ui.conversation.StoredMessage.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operator's page shows, to whom, and how it looks. */
final class OperatorPageTest {
    private static final String PASSWORD = "correct-horse";

    private static Chromium chromium;

    @TempDir
    Path folder;

    private Database database;
    private TestServer server;

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void stopBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void start() {
        database = Database.open(DatabaseAddress.inFolder(folder));
        server = TestServer.start(database);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    private Page open(BrowserContext context, ColorScheme scheme, String address) {
        Page page = context.newPage();
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        page.navigate(server.server.url() + address);
        return page;
    }

    // --- what it shows

    @ParameterizedTest
    @CsvSource({"LIGHT, 1280, 800", "DARK, 1280, 800", "LIGHT, 390, 844", "DARK, 390, 844"})
    void aMonthOfChatsIsShownToEverybodyWhoMaySeeIt(ColorScheme scheme, int width, int height) {
        int replies = SampleTraffic.fill(database, Instant.now());
        List<String> violations = new ArrayList<>();
        try (BrowserContext context = chromium.newContext(width, height)) {
            Page page = open(context, scheme, "/operator");
            assertThat(page.locator(".tiles strong").first()).hasText(String.format(Locale.ENGLISH, "%,d", replies));
            assertThat(page.locator(".plot svg")).hasCount(6);
            assertThat(page.locator(".disliked > li")).not().hasCount(0);
            look(page, scheme + "-" + width + "-day", violations);
            page.getByText("Numbers").first().click();
            assertThat(page.locator("details[open] tbody tr")).hasCount(24);
            look(page, scheme + "-" + width + "-numbers", violations);
            for (String span : List.of("Week", "Month")) {
                page.locator(".spans").getByText(span).click();
                assertThat(page.locator(".spans a[aria-current]")).hasText(span);
                look(page, scheme + "-" + width + "-" + span, violations);
            }
            page.locator(".disliked a").first().click();
            assertThat(page.locator("#rated .feedback strong")).hasText("Dislike");
            look(page, scheme + "-" + width + "-conversation", violations);
            page.getByText("Back to the overview").click();
            assertThat(page.locator(".plots")).isVisible();
            assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                    .isEqualTo(true);
            assertThat(chromium.problems()).isEmpty();
        }
        assertThat(violations).isEmpty();
    }

    @Test
    void aNewServerHasNothingToShowYet() {
        List<String> violations = new ArrayList<>();
        try (BrowserContext context = chromium.newContext(1280, 800)) {
            Page page = open(context, ColorScheme.LIGHT, "/operator?span=century");
            assertThat(page.getByText("Nothing in this time.")).hasCount(6);
            assertThat(page.getByText("No reply was disliked in this time.")).isVisible();
            assertThat(page.locator(".spans a[aria-current]")).hasText("Day");
            look(page, "empty", violations);
            assertThat(chromium.problems()).isEmpty();
        }
        assertThat(violations).isEmpty();
    }

    /** Asks axe-core; with the environment variable {@code CONFAB_SCREENSHOTS} it also takes a picture into that folder. */
    private static void look(Page page, String state, List<String> violations) {
        Axe.violations(page).forEach(violation -> violations.add(state + ": " + violation));
        String pictures = System.getenv("CONFAB_SCREENSHOTS");
        if (pictures != null) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of(pictures, state.toLowerCase(Locale.ROOT) + ".png")));
        }
    }

    @Test
    void whatHappensIsCountedAndShown() throws Exception {
        String request = "{\"model\":\"tiny\",\"prompt\":\"Hi\",\"max_tokens\":1}";
        assertThat(server.post("/v1/completions", request).statusCode()).isEqualTo(200);
        assertThat(server.post("/v1/completions", "{}").statusCode()).isEqualTo(400);
        server.close(); // which writes what was counted
        server = TestServer.start(database);

        String page = server.get("/operator").body();
        assertThat(page).contains("<dt>API requests</dt>\n<dd><strong>2</strong>");
        assertThat(page).contains("Requests to the API: 2");
        server.post("/v1/completions", request);
        assertThat(server.get("/operator").body()).contains("<dt>Tokens made</dt>\n<dd><strong>1</strong>");
    }

    // --- whose conversations it shows

    private void keep(String owner, String id, String text, @Nullable Feedback feedback) {
        Instant now = Instant.now();
        StoredMessage question = StoredMessage.ofUser("q", StoredMessage.ROOT, "<script>attacked = 1</script>", now);
        StoredMessage reply = StoredMessage.running("r", "q", "event", now)
                .ended(State.DONE, text, null, null)
                .withFeedback(feedback);
        new DatabaseConversationStore(database)
                .save(
                        owner,
                        new StoredConversation(
                                new ConversationSummary(id, "<b>Title</b>", now, now),
                                Map.of(),
                                Map.of(),
                                List.of(question, reply)));
    }

    @Test
    void onlyConversationsWithAnOpinionCanBeReadAndWhatWasSaidStaysText() throws Exception {
        keep("user:ann", "private", "Nobody else shall read this.", null);
        keep(
                "browser:0123456789abcdef",
                "rated",
                "<img src=x onerror='attacked = 2'>",
                new Feedback("Dislike", "<i>bad</i>", Instant.now()));
        try (BrowserContext context = chromium.newContext(1280, 800)) {
            Page page = open(context, ColorScheme.LIGHT, "/operator");
            assertThat(page.locator(".disliked blockquote")).hasText("<img src=x onerror='attacked = 2'>");
            assertThat(page.locator(".disliked q")).hasText("<i>bad</i>");
            assertThat(page.content()).doesNotContain("0123456789abcdef");
            page.locator(".disliked a").click();
            assertThat(page.locator(".said .person .body")).hasText("<script>attacked = 1</script>");
            assertThat(page.locator(".said .chatbot .body")).hasText("<img src=x onerror='attacked = 2'>");
            assertThat(page.content()).doesNotContain("0123456789abcdef");
            assertThat(page.evaluate("typeof attacked")).isEqualTo("undefined");
        }
        var readable = new AtomicInteger();
        for (int number = 0; number < 5; number++) {
            HttpResponse<String> page = server.get("/operator?conversation=" + number);
            assertThat(page.body()).doesNotContain("Nobody else shall read this.");
            readable.addAndGet(page.statusCode() == 200 ? 1 : 0);
        }
        assertThat(readable).hasValue(1);
        assertThat(server.get("/operator?conversation=99999999999999999999").statusCode())
                .isEqualTo(404);
    }

    // --- who may see it

    private String logIn(String name) throws Exception {
        HttpResponse<String> login = server.send(server.to("/login")
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + name + "&password=" + PASSWORD)));
        return login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private int see(String cookie) throws Exception {
        return server.send(server.to("/operator").header("Cookie", cookie)).statusCode();
    }

    @Test
    void withUsersOnlyOperatorsSeeIt() throws Exception {
        var users = new Users(database);
        users.add("ann", PASSWORD, Role.OPERATOR);
        users.add("bob", PASSWORD, Role.USER);
        Awaitility.await().until(() -> server.get("/operator").statusCode() == 401);
        String ann = logIn("ann");
        String bob = logIn("bob");

        assertThat(see(ann)).isEqualTo(200);
        HttpResponse<String> refused = server.send(server.to("/operator").header("Cookie", bob));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("confab user role NAME operator").doesNotContain("Traffic");
        assertThat(server.send(server.to("/operator?conversation=1").header("Cookie", bob))
                        .statusCode())
                .isEqualTo(403);
        users.changeRole("ann", Role.USER);
        users.changeRole("bob", Role.OPERATOR);
        assertThat(see(ann)).isEqualTo(403);
        assertThat(see(bob)).isEqualTo(200);
        users.remove("bob");
        assertThat(see(bob)).isEqualTo(401);
    }

    @Test
    void anOperatorWhoOpensItLogsInOnTheWay() {
        new Users(database).add("ann", PASSWORD, Role.OPERATOR);
        server.close();
        server = TestServer.start(database);
        try (BrowserContext context = chromium.newContext(1280, 800)) {
            Page page = open(context, ColorScheme.LIGHT, "/operator?span=week");
            page.getByLabel("User name").fill("ann");
            page.getByLabel("Password").fill(PASSWORD);
            page.locator("button").click();
            assertThat(page.locator(".spans a[aria-current]")).hasText("Week");
        }
    }

    @Test
    void withoutUsersItIsForThisMachineAlone() throws Exception {
        assertThat(get("127.0.0.1:" + server.server.port(), "")).startsWith("HTTP/1.1 200");
        assertThat(get("localhost", "")).startsWith("HTTP/1.1 200");
        assertThat(get("evil.example", "")).startsWith("HTTP/1.1 403");
        assertThat(get("127.0.0.1", "X-Forwarded-For: 127.0.0.1\r\n")).startsWith("HTTP/1.1 403");
        assertThat(get("127.0.0.1", "Via: 1.1 proxy\r\n")).startsWith("HTTP/1.1 403");
    }

    private String get(String host, String headers) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            String request = "GET /operator HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void nothingFromElsewhereAndNoScriptInThePageIsAllowed() throws Exception {
        HttpResponse<String> page = server.get("/operator");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(page.body()).doesNotContain("<style", "style=", "http://", "https://", "onclick");
        assertThat(page.body()).containsOnlyOnce("<script").contains("<script src=\"page/appearance.js\">");
    }
}
