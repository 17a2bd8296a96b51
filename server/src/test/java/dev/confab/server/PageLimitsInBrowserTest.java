package dev.confab.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.confab.dialogue.filter.FilterResult;
import dev.confab.server.access.InputLimits;
import dev.confab.server.access.TrafficLimits;
import dev.confab.ui.Chromium;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What people see on the page when more is asked than the server does. */
final class PageLimitsInBrowserTest {
    private static Chromium chromium;

    private final CountDownLatch go = new CountDownLatch(1);

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

    @Test
    void theyWaitInLineAndAreAskedToComeBackWhenItIsFull() {
        try (TestServer server = serving(
                        TrafficLimits.defaults().withPageRepliesAtOnce(1).withRequestsInAll(2));
                BrowserContext here = chromium.newContext(1200, 800);
                BrowserContext there = chromium.newContext(1200, 800)) {
            there.setExtraHTTPHeaders(Map.of("X-Forwarded-For", "192.0.2.1"));
            Page first = open(here, server);
            say(first, "slow");
            assertThat(first.locator(".message.assistant")).hasAttribute("aria-busy", "true");
            Page second = open(here, server);
            say(second, "Hello!");
            assertThat(second.locator(".message.assistant .note")).containsText("You are next");
            Page fromHere = open(here, server);
            say(fromHere, "Hello!");
            assertThat(fromHere.getByRole(AriaRole.ALERT))
                    .containsText("Many of your messages wait for a reply already");
            Page third = open(there, server);
            say(third, "Hello!");
            assertThat(third.locator(".message.assistant .note")).containsText("Place 2 in the queue");
            Page fourth = open(there, server);
            say(fourth, "Hello!");
            assertThat(fourth.getByRole(AriaRole.ALERT)).containsText("Too many people are asking at the moment");

            go.countDown();
            assertThat(first.locator(".message.assistant")).hasAttribute("aria-busy", "false");
            assertThat(third.locator(".message.assistant")).hasAttribute("aria-busy", "false");
            assertThat(third.locator(".message.assistant .body")).not().isEmpty();
        }
    }

    @Test
    void whoOpensManyTabsDoesNotKeepOthersWaiting() {
        try (TestServer server = serving(TrafficLimits.defaults().withRequestsAtOnce(1));
                BrowserContext here = chromium.newContext(1200, 800);
                BrowserContext there = chromium.newContext(1200, 800)) {
            there.setExtraHTTPHeaders(Map.of("X-Forwarded-For", "192.0.2.1"));
            Page first = open(here, server);
            say(first, "slow");
            assertThat(first.locator(".message.assistant")).hasAttribute("aria-busy", "true");
            Page second = open(here, server);
            say(second, "Hello!");
            assertThat(second.locator(".message.assistant .note")).containsText("You are next");
            Page other = open(there, server);
            say(other, "Hello!");
            assertThat(other.locator(".message.assistant")).hasAttribute("aria-busy", "false");
            assertThat(second.locator(".message.assistant .note")).containsText("You are next");

            go.countDown();
            assertThat(second.locator(".message.assistant")).hasAttribute("aria-busy", "false");
        }
    }

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        try (TestServer server = serving(TrafficLimits.defaults().withRequestsPerMinute(1));
                BrowserContext context = chromium.newContext(1200, 800)) {
            Page page = open(context, server);
            say(page, "Hello!");
            assertThat(page.locator(".message.assistant")).hasAttribute("aria-busy", "false");
            say(page, "Hello again!");
            assertThat(page.getByRole(AriaRole.ALERT).last())
                    .containsText("more than 1 requests in a minute; try again in");
        }
    }

    /** A server whose chatbot thinks about "slow" until it is let go. */
    private TestServer serving(TrafficLimits limits) {
        return TestServer.start(
                options -> options.withLimits(InputLimits.defaults(), limits).withTrustedProxy(true),
                bot -> bot.inputFilter(text -> {
                    if (text.equals("slow")) {
                        awaitGo();
                    }
                    return FilterResult.passed();
                }));
    }

    private void awaitGo() {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Page open(BrowserContext context, TestServer server) {
        Page page = context.newPage();
        page.navigate(server.server.url() + "/");
        return page;
    }

    private static void say(Page page, String text) {
        var field = page.getByRole(
                AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Message").setExact(true));
        field.fill(text);
        field.press("Enter");
    }
}
