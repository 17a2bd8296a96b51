package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The chat within a page of another site, which has a strict security policy of its own. */
final class WidgetTest {
    private static Chromium chromium;
    private static HttpServer site;
    private static String origin;
    private static RunningPage running;
    private static RunningPage locked;
    private static RunningPage form;

    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // by name, not by number as the chat: to a browser these are two sites
        origin = "http://localhost:" + site.getAddress().getPort();
        running = ChatInterface.of((message, history) -> "You said: " + message + " (" + history.size() + " before)")
                .title("Parrot")
                .embeddedIn(origin)
                .port(0)
                .quiet()
                .launch();
        locked = ChatInterface.of((message, history) -> "You said: " + message)
                .title("Locked")
                .auth("ann", "secret")
                .embeddedIn(origin)
                .port(0)
                .quiet()
                .launch();
        form = Interface.of((String name) -> "Hello " + name)
                .inputs("text")
                .outputs("text")
                .title("Greeter")
                .embeddedIn(origin)
                .port(0)
                .quiet()
                .launch();
        show("/", running, "");
        show("/locked", locked, "");
        show("/inline", running, " data-inline");
        show("/form", form, " data-inline");
        site.start();
    }

    /** A page of the site with a chat in it. */
    private static void show(String path, RunningPage chat, String attributes) {
        site.createContext(path, exchange -> {
            String html =
                    "<!doctype html><html lang=en><title>Shop</title><main><h1>Shop</h1><button>Buy</button></main>"
                            + "<script src=\"" + chat.url() + "/widget.js\"" + attributes + "></script></html>";
            byte[] body = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders()
                    .add(
                            "Content-Security-Policy",
                            "default-src 'none'; script-src " + chat.url() + "; frame-src " + chat.url());
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            site.stop(0);
            running.close();
            locked.close();
            form.close();
        }
    }

    @BeforeEach
    void open() {
        context = chromium.newContext(1200, 800);
        page = context.newPage();
        page.navigate(origin + "/shop");
    }

    @AfterEach
    void close() {
        context.close();
    }

    private Locator launcher(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator panel() {
        return page.getByRole(AriaRole.DIALOG, new Page.GetByRoleOptions().setName("Parrot"));
    }

    private FrameLocator chat() {
        return page.frameLocator("confab-widget iframe");
    }

    private void say(String message) {
        chat().getByRole(
                        AriaRole.TEXTBOX,
                        new FrameLocator.GetByRoleOptions().setName("Message").setExact(true))
                .fill(message);
        page.keyboard().press("Enter");
        assertThat(chat().locator(".message.assistant .body").last()).containsText("You said: " + message);
    }

    @Test
    void aButtonOpensTheChatAndTheConversationIsKeptForThisSite() {
        launcher("Open the chat").click();
        say("hello");
        say("again");
        assertThat(chat().locator(".message.assistant .body").last()).containsText("(2 before)");
        page.reload();
        launcher("Open the chat").click();

        assertThat(chat().locator(".message.assistant .body")).hasCount(2);
        Page own = Chromium.open(context, running);
        assertThat(own.locator(".conversations .open")).hasCount(0);
        assertThat(chromium.problems()).isEmpty();
    }

    @Test
    void theKeyboardOpensItWritesAndComesBackToTheButton() {
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(launcher("Open the chat")).isFocused();
        assertThat(launcher("Open the chat")).hasAttribute("aria-expanded", "false");
        page.keyboard().press("Enter");
        assertThat(panel()).isVisible();
        assertThat(launcher("Close the chat")).hasAttribute("aria-expanded", "true");
        Locator field = chat().locator(".composer textarea");
        assertThat(field).isFocused();
        page.keyboard().type("by keys");
        page.keyboard().press("Enter");
        assertThat(chat().locator(".message.assistant .body")).containsText("You said: by keys");
        page.keyboard().press("Escape");

        assertThat(panel()).isHidden();
        assertThat(launcher("Open the chat")).isFocused();
        page.keyboard().press("Enter");
        assertThat(chat().locator(".message.assistant .body")).containsText("You said: by keys");
    }

    private void logIn() {
        chat().getByLabel("User name").fill("ann");
        chat().getByLabel("Password").fill("secret");
        chat().getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Log in"))
                .click();
    }

    @Test
    void aLoginHoldsForThisSiteAloneUntilTheUserLogsOut() {
        page.navigate(origin + "/locked");
        launcher("Open the chat").click();
        logIn();
        say("hello");
        page.reload();
        launcher("Open the chat").click();
        say("again");
        Page own = Chromium.open(context, locked);
        assertThat(own.getByLabel("Password")).isVisible();

        chat().getByRole(
                        AriaRole.BUTTON,
                        new FrameLocator.GetByRoleOptions().setName("More").setExact(true))
                .click();
        chat().getByText("Log out").click();
        assertThat(chat().getByLabel("Password")).isVisible();
        page.reload();
        launcher("Open the chat").click();
        assertThat(chat().getByLabel("Password")).isVisible();
    }

    @Test
    void whereTheBrowserKeepsNoLoginThePageSaysSoAndOpensAWindow() {
        page.route(
                locked.url() + "/login",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"success\":true}")));
        page.navigate(origin + "/locked");
        launcher("Open the chat").click();
        logIn();
        assertThat(chat().getByRole(AriaRole.ALERT)).containsText("does not keep your login");
        Page own = context.waitForPage(
                () -> chat().getByText("Open the chat in a window of its own").click());

        assertThat(own).hasURL(locked.url() + "/");
    }

    @Test
    void onAPhoneItFillsTheScreenAndItsOwnButtonClosesIt() {
        page.setViewportSize(390, 800);
        launcher("Open the chat").click();
        assertThat(chat().locator(".composer textarea")).isVisible();
        assertThat(panel().boundingBox().width).isEqualTo(390);
        assertThat(panel().boundingBox().height).isEqualTo(800);
        chat().getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Close the chat"))
                .click();

        assertThat(panel()).isHidden();
        assertThat(launcher("Open the chat")).isFocused();
    }

    @Test
    void inlineItStandsWhereTheScriptIs() {
        page.navigate(origin + "/inline");
        say("hello");
        assertThat(launcher("Open the chat")).hasCount(0);
        assertThat(chat().getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Close the chat")))
                .hasCount(0);
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Parrot"))
                        .boundingBox()
                        .height)
                .isEqualTo(640);
        assertThat(Axe.violations(page)).isEmpty();

        page.navigate(origin + "/form");
        chat().getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName("Submit"))
                .click();
        assertThat(chat().locator(".output .value")).hasText("Hello");
        page.waitForFunction("""
                () => {
                  const frame = document.querySelector("confab-widget").shadowRoot.querySelector("section");
                  return frame.style.height !== "" && frame.getBoundingClientRect().height !== 640;
                }""");
        assertThat(chat().locator("html").evaluate("(page) => page.scrollHeight <= page.clientHeight"))
                .isEqualTo(true);
    }

    @Test
    void thePageOpensAndClosesItByScript() {
        page.evaluate("confab.open()");
        assertThat(panel()).isVisible();
        page.evaluate("confab.close()");
        assertThat(panel()).isHidden();
        page.evaluate("confab.open()");
        // who else speaks to the page does not close it
        page.evaluate("postMessage('confab:close', '*')");
        assertThat(chat().locator(".composer textarea")).isVisible();
        assertThat(panel()).isVisible();
    }

    @Test
    void thereAreNoViolationsOfAccessibility() {
        launcher("Open the chat").click();
        assertThat(chat().locator(".composer textarea")).isVisible();

        assertThat(Axe.violations(page)).isEmpty();
    }

    @Test
    void aSiteThatIsNotAllowedShowsNothing() throws Exception {
        try (RunningPage closed = ChatInterface.of((message, history) -> message)
                        .port(0)
                        .quiet()
                        .launch();
                Browser browser = new Browser(closed)) {
            String policy = browser.get("/?embedded")
                    .headers()
                    .firstValue("content-security-policy")
                    .orElse("");
            assertThat(policy).endsWith("frame-ancestors 'self'");
            try (RunningPage embedded = ChatInterface.of((message, history) -> message)
                            .embeddedIn("https://example.org", "http://localhost:1")
                            .port(0)
                            .quiet()
                            .launch();
                    Browser second = new Browser(embedded)) {
                assertThat(second.get("/")
                                .headers()
                                .firstValue("content-security-policy")
                                .orElse(""))
                        .endsWith("frame-ancestors 'self' https://example.org http://localhost:1");
            }
        }
        assertThatThrownBy(() -> ChatInterface.of((message, history) -> message).embeddedIn("'none'; script-src *"))
                .hasMessageContaining("expected one such as https://example.org");
    }

    @Test
    void aBrowserRefusesTheFrameOnASiteThatIsNotAllowed() {
        page.navigate(origin.replace("localhost", "shop.localhost") + "/shop");
        launcher("Open the chat").click();

        assertThat(panel()).isVisible();
        page.waitForCondition(
                () -> chromium.problems().stream().anyMatch(problem -> problem.contains("frame-ancestors")));
        assertThat(chat().locator(".composer")).hasCount(0);
    }
}
