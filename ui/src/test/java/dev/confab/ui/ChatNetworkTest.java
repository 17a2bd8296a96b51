package dev.confab.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What the page of a chat loads, and how its streams bear tabs, cuts and users who leave. */
final class ChatNetworkTest extends ChatInBrowser {
    private static final int KILOBYTE = 1000;

    @Test
    void aPageIsLessThanAHundredKilobytesAndAsksNobodyElse() {
        List<String> addresses = new CopyOnWriteArrayList<>();
        AtomicLong bytes = new AtomicLong();
        BrowserContext first = chromium.newContext(1200, 800); // one whose cache is empty
        Page fresh = first.newPage();
        fresh.onRequest(request -> addresses.add(request.url()));
        CDPSession network = first.newCDPSession(fresh);
        network.send("Network.enable");
        network.on(
                "Network.loadingFinished",
                (JsonObject event) ->
                        bytes.addAndGet(event.get("encodedDataLength").getAsLong()));
        fresh.navigate(running.url() + "/");
        fresh.waitForSelector("main");
        fresh.getByLabel("Message", new Page.GetByLabelOptions().setExact(true)).fill("markdown");
        fresh.keyboard().press("Enter");
        assertThat(fresh.locator(".message.assistant[aria-busy=false] .body")).containsText("bold");
        first.close();

        System.out.println("the page of a chat: " + bytes + " bytes in " + addresses.size() + " requests");
        assertThat(bytes.get()).isBetween(10L * KILOBYTE, 100L * KILOBYTE);
        assertThat(addresses)
                .hasSizeGreaterThan(10)
                .allMatch(address -> address.startsWith(running.url() + "/") || address.startsWith("data:"))
                .filteredOn(address -> !address.contains("/conversations?"))
                .doesNotHaveDuplicates();
    }

    @Test
    void eightTabsOfOneBrowserAllGetTheirReplies() {
        List<Page> tabs = new ArrayList<>();
        tabs.add(page);
        while (tabs.size() < 8) {
            tabs.add(Chromium.open(context, running));
        }
        for (int i = 0; i < tabs.size(); i++) {
            page = tabs.get(i);
            send("hello from " + i);
        }
        for (int i = 0; i < tabs.size(); i++) {
            assertThat(tabs.get(i).locator(".message.assistant .body")).containsText("You said: hello from " + i);
        }
    }

    @Test
    void aStreamThatIsCutGoesOnByTheIdOfItsLastEvent() throws Exception {
        List<String> resumed = new CopyOnWriteArrayList<>();
        try (Wire wire = new Wire(running)) {
            page.navigate(wire.url() + "/");
            page.onRequest(request -> {
                if (request.url().matches(".*/stream/chat/.*after=.*")) {
                    resumed.add(request.url());
                }
            });
            send("wait for the network");
            assertThat(replies()).hasText("The beginning");
            wire.cut();
            assertThat(page.locator(".message.assistant .note")).hasText("The connection was lost. Trying again…");
            assertThat(replies()).hasText("The beginning");
            goOn("wait for the network");
            wire.mend();

            assertThat(replies()).hasText("The beginning and the end.");
            assertThat(page.locator(".message.assistant")).hasAttribute("aria-busy", "false");
            assertThat(resumed).isNotEmpty().last().asString().matches(".*/stream/chat/[0-9a-f]{32}\\?after=[1-9]\\d*");
        }
    }

    @Test
    void thePlaceInTheQueueIsShown() {
        try (RunningPage narrow = chat().concurrencyLimit(1).launch()) {
            Page first = Chromium.open(context, narrow);
            Page second = Chromium.open(context, narrow);
            Page third = Chromium.open(context, narrow);
            page = first;
            send("wait for the queue");
            assertThat(replies()).hasText("The beginning");
            page = second;
            send("second");
            page = third;
            send("third");
            assertThat(third.locator(".message.assistant .note")).hasText("Place 2 in the queue");
            assertThat(second.locator(".message.assistant .note")).hasText("You are next");
            goOn("wait for the queue");

            assertThat(second.locator(".message.assistant .body")).containsText("You said: second");
            assertThat(third.locator(".message.assistant .body")).containsText("You said: third");
        }
    }

    @Test
    void aTabThatIsClosedFreesItsWorkAndKeepsTheBeginning() {
        try (RunningPage impatient = chat().abandonedAfter(Duration.ofMillis(1)).launch()) {
            int before = WORKING.get();
            page = Chromium.open(context, impatient);
            send("wait for nobody");
            assertThat(replies()).hasText("The beginning");
            assertThat(WORKING.get()).isEqualTo(before + 1);
            page.close();
            await().atMost(Duration.ofSeconds(60)).until(() -> WORKING.get() == before);

            page = Chromium.open(context, impatient);
            Locator kept = page.locator(".conversations .open");
            assertThat(kept).hasText("wait for nobody");
            kept.click();
            assertThat(replies()).hasText("The beginning");
            assertThat(page.locator(".message.assistant .note")).hasText("Stopped");
        }
    }

    @Test
    void stoppingAndLeavingLeaveNoErrorBehind() {
        send("wait for nothing 1");
        assertThat(replies()).hasText("The beginning");
        button("Stop").click();
        assertThat(page.locator(".message.assistant .note")).hasText("Stopped");
        send("wait for nothing 2");
        assertThat(replies().last()).hasText("The beginning");
        button("New conversation").first().click();
        sendAndWait("hello", "You said: hello");
        page.reload();
        assertThat(replies()).containsText("You said: hello");

        assertThat(chromium.problems()).isEmpty();
    }
}
