package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Logging in and out as a person does it, and what guessing and other sites get. */
final class LoginTest {
    private static Chromium chromium;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static RunningPage locked() {
        return ChatInterface.of((message, history) -> "You said: " + message)
                .title("Parrot")
                .auth("ann", "secret")
                .port(0)
                .quiet()
                .launch();
    }

    private static void logIn(Page page, String password) {
        page.getByLabel("User name").fill("ann");
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
    }

    @Test
    void aUserLogsInChatsAndLogsOut() {
        try (RunningPage running = locked();
                BrowserContext context = chromium.newContext(1280, 800)) {
            Page page = Chromium.open(context, running);
            logIn(page, "wrong");
            assertThat(page.locator("#status")).hasText("This user name and password do not belong together.");
            logIn(page, "secret");
            page.getByPlaceholder("Write a message…").fill("Hello");
            page.keyboard().press("Enter");
            assertThat(page.locator(".message.assistant .body")).hasText("You said: Hello");

            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("More").setExact(true))
                    .click();
            page.getByText("Log out").click();
            assertThat(page.getByLabel("Password")).isVisible();
            page.reload();
            assertThat(page.getByLabel("Password")).isVisible();
        }
    }

    @Test
    void whoOpensAPageThatNeedsALoginComesToItByLoggingIn() {
        try (RunningPage running = locked();
                BrowserContext context = chromium.newContext(390, 844, "de-DE")) {
            Page page = context.newPage();
            page.navigate(running.url() + "/api");
            page.getByLabel("Benutzername").fill("ann");
            page.getByLabel("Passwort").fill("wrong");
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#status")).containsText("gehören nicht zusammen");
            page.getByLabel("Passwort").fill("secret");
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.locator("#curl")).isVisible();
        }
    }

    @Test
    void pagesOfOtherSitesCanNeitherLogInNorOut() throws Exception {
        try (RunningPage running = locked();
                Browser browser = new Browser(running)) {
            String form = "username=ann&password=secret";
            for (String origin : List.of("https://evil.example", "null")) {
                HttpResponse<String> login = browser.post("/login", form, "Origin", origin);
                assertThat(login.statusCode()).isEqualTo(403);
                assertThat(login.headers().firstValue("Set-Cookie")).isEmpty();
            }
            String cookie = browser.login("ann", "secret")
                    .headers()
                    .firstValue("Set-Cookie")
                    .orElseThrow()
                    .split(";", 2)[0];
            assertThat(browser.get("/logout", "Cookie", cookie, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(browser.post("/run/chat", "{'data':['hi']}", "Cookie", cookie, "Origin", "https://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(browser.get("/config", "Cookie", cookie).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void guessesThatComeAllAtOnceAreCountedToo() throws Exception {
        try (RunningPage running = locked();
                Browser browser = new Browser(running);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                String guess = "guess" + i;
                answers.add(threads.submit(() -> browser.login("ann", guess)));
            }
            int checked = 0;
            for (Future<HttpResponse<String>> answer : answers) {
                checked += answer.get().statusCode() == 401 ? 1 : 0;
            }
            HttpResponse<String> right = browser.login("ann", "secret");

            assertThat(checked).isEqualTo(10);
            assertThat(right.statusCode()).isEqualTo(429);
            assertThat(right.body()).contains("Too many wrong passwords");
            assertThat(Integer.parseInt(
                            right.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 60);
        }
    }
}
